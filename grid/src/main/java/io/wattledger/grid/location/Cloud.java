package io.wattledger.grid.location;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The clouds whose metadata services are asked, and how each is. */
enum Cloud {
    /** Instance metadata service version 2: a token first, then the rest with it. */
    AWS {
        @Override
        CloudInstance instance(Http http) throws IOException {
            var token = Map.of(
                    "X-aws-ec2-metadata-token",
                    http.send("PUT", "/latest/api/token", Map.of("X-aws-ec2-metadata-token-ttl-seconds", "60")));
            return of(
                    http.send("GET", "/latest/meta-data/placement/region", token),
                    http.send("GET", "/latest/meta-data/instance-type", token));
        }
    },

    AZURE {
        @Override
        CloudInstance instance(Http http) throws IOException {
            var headers = Map.of("Metadata", "true");
            var text = "?api-version=2021-02-01&format=text";
            return of(
                    http.send("GET", "/metadata/instance/compute/location" + text, headers),
                    http.send("GET", "/metadata/instance/compute/vmSize" + text, headers));
        }
    },

    /** Answers are paths such as {@code projects/123/zones/europe-west1-b}. */
    GCP {
        @Override
        CloudInstance instance(Http http) throws IOException {
            var headers = Map.of("Metadata-Flavor", "Google");
            var zone = lastSegment(http.send("GET", "/computeMetadata/v1/instance/zone", headers));
            int letter = zone.lastIndexOf('-');
            return of(
                    letter < 0 ? zone : zone.substring(0, letter),
                    lastSegment(http.send("GET", "/computeMetadata/v1/instance/machine-type", headers)));
        }
    };

    /** Sends a request to the metadata service and returns the text of a good answer; any other one is an exception. */
    interface Http {
        String send(String method, String path, Map<String, String> headers) throws IOException;
    }

    abstract CloudInstance instance(Http http) throws IOException;

    /** As zones are named. */
    String provider() {
        return name().toLowerCase(Locale.ROOT);
    }

    CloudInstance of(String region, String type) throws IOException {
        if (region.isBlank()) {
            throw new IOException("it names no region");
        }
        return new CloudInstance(provider(), region.strip(), type.isBlank() ? null : type.strip());
    }

    private static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
