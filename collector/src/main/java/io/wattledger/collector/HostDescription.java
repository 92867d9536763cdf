package io.wattledger.collector;

import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.host.OshiHost;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.cpumodel.CpuLoadModel;
import io.wattledger.collector.survey.SensorSurvey;
import io.wattledger.schemas.record.HostProfile;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the record that describes this host. */
final class HostDescription {
    private HostDescription() {}

    static HostProfile of(String host, Nameplate nameplate, SensorSurvey survey, Instant now) {
        var facts = survey.host();
        var tdp = survey.models().stream()
                .filter(CpuLoadModel.class::isInstance)
                .map(CpuLoadModel.class::cast)
                .findFirst();
        var profile = new HostProfile();
        profile.setHost(host);
        profile.setCpuModel(facts.cpuModel().isEmpty() ? OshiHost.cpuName() : facts.cpuModel());
        profile.setCpuSockets(facts.packages());
        profile.setCpuLogical(facts.logicalProcessors());
        tdp.ifPresent(model -> {
            profile.setCpuTdpMilliwatts(model.tdp().milliwatts());
            profile.setCpuTdpMatch(model.basis());
        });
        profile.setMemoryBytes(facts.memoryBytes());
        profile.setGpus(survey.gpuModels());
        profile.setSensors(Stream.concat(
                        survey.sensors().stream().map(PowerSensor::name),
                        survey.models().stream().map(PowerModel::name))
                .toList());
        profile.setOperatingSystem(HostFacts.operatingSystem());
        nameplate.writeTo(profile);
        profile.setCollectorVersion(version());
        profile.setSeen(now);
        return profile;
    }

    private static String version() {
        @Nullable String version = Collector.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
