package io.wattledger.grid.location;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The clouds whose metadata services are asked, and how each is. */
enum Cloud {
    /** Instance metadata service version 2: a token first, then the region. */
    AWS {
        @Override
        String region(Http http) throws IOException {
            var token = http.send("PUT", "/latest/api/token", Map.of("X-aws-ec2-metadata-token-ttl-seconds", "60"));
            return http.send("GET", "/latest/meta-data/placement/region", Map.of("X-aws-ec2-metadata-token", token));
        }
    },

    /** The answer is {@code projects/123/zones/europe-west1-b}. */
    GCP {
        @Override
        String region(Http http) throws IOException {
            var zone = http.send("GET", "/computeMetadata/v1/instance/zone", Map.of("Metadata-Flavor", "Google"));
            var name = zone.substring(zone.lastIndexOf('/') + 1);
            int letter = name.lastIndexOf('-');
            return letter < 0 ? name : name.substring(0, letter);
        }
    },

    AZURE {
        @Override
        String region(Http http) throws IOException {
            return http.send(
                    "GET",
                    "/metadata/instance/compute/location?api-version=2021-02-01&format=text",
                    Map.of("Metadata", "true"));
        }
    };

    /** Sends a request to the metadata service and returns the text of a good answer; any other one is an exception. */
    interface Http {
        String send(String method, String path, Map<String, String> headers) throws IOException;
    }

    abstract String region(Http http) throws IOException;

    /** As zones are named. */
    String provider() {
        return name().toLowerCase(Locale.ROOT);
    }
}
