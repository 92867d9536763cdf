package io.wattledger.collector.sensor.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Device {@code host} by the host's management controller. A read takes as long as the controller does. */
public final class RedfishSensor implements PowerSensor {
    private static final String ALL_CHASSIS = "/redfish/v1/Chassis";

    /** Others are parts of a machine, or hold several. */
    private static final Set<String> MACHINES = Set.of("RackMount", "StandAlone", "Blade", "Sled");

    private final Controller controller;
    private final @Nullable String configured;
    private @Nullable Resource resource;

    /** Where the power was found: which page of which chassis. */
    private record Resource(String chassis, boolean environment) {
        String path() {
            return chassis + (environment ? "/EnvironmentMetrics" : "/Power");
        }
    }

    private record Found(Resource resource, Reading reading) {}

    RedfishSensor(Controller controller, @Nullable String chassis) {
        this.controller = controller;
        this.configured = chassis;
    }

    @Override
    public String name() {
        return "redfish";
    }

    @Override
    public Set<Component> components() {
        return Set.of(Component.HOST);
    }

    @Override
    public Availability probe() {
        try {
            var found = find();
            resource = found.resource();
            return new Available(
                    List.of(found.reading().device()),
                    controller.base().resolve(found.resource().path()).toString());
        } catch (IOException e) {
            return Unavailable.silent(
                    failure(e),
                    "Check " + RedfishConfig.URL + ", " + RedfishConfig.USER + ", " + RedfishConfig.CHASSIS + " and "
                            + RedfishConfig.FINGERPRINT + " or " + RedfishConfig.CA_FILE + ".");
        }
    }

    @Override
    public List<Reading> read() throws IOException {
        var known = resource;
        if (known == null) {
            throw new IOException(
                    "The host's power was not found at " + controller.base() + " when it was looked for.");
        }
        try {
            return List.of(reading(known)
                    .orElseThrow(() -> new IOException(known.path() + " has no power, or 0 W, of a host that runs")));
        } catch (IOException e) {
            throw new IOException(failure(e), e);
        }
    }

    private String failure(IOException e) {
        return "Cannot take the host's power from " + controller.base() + ": "
                + (e.getMessage() == null ? e.toString() : e.getMessage());
    }

    private Found find() throws IOException {
        var tried = new ArrayList<String>();
        for (var chassis : candidates(tried)) {
            for (boolean environment : new boolean[] {true, false}) {
                var at = new Resource(chassis, environment);
                var reading = reading(at);
                if (reading.isPresent()) {
                    return new Found(at, reading.get());
                }
            }
            tried.add(chassis + " tells no power");
        }
        throw new IOException("no chassis tells the power of a machine (" + String.join("; ", tried) + ")");
    }

    private List<String> candidates(List<String> passedOver) throws IOException {
        if (configured != null) {
            return List.of(ALL_CHASSIS + "/" + configured);
        }
        var machines = new ArrayList<String>();
        for (JsonNode member : controller.get(ALL_CHASSIS).path("Members")) {
            var path = member.path("@odata.id").asText();
            var type = controller.get(path).path("ChassisType").asText();
            if (MACHINES.contains(type)) {
                machines.add(path);
            } else {
                passedOver.add(path + " is of type '" + type + "'");
            }
        }
        return machines;
    }

    private Optional<Reading> reading(Resource at) throws IOException {
        try {
            var page = controller.get(at.path());
            return at.environment() ? ChassisPower.ofEnvironmentMetrics(page) : ChassisPower.ofPower(page);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        controller.close();
    }
}
