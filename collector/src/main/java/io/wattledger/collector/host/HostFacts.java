package io.wattledger.collector.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the models need to know about the machine.
 *
 * @param cpuModel name of the processor as the system gives it; empty when it gives none, as on most ARM
 * @param packages processor packages
 * @param logicalProcessors logical processors on line
 * @param virtual true inside a virtual machine
 * @param memoryBytes installed memory in bytes, as far as the system can see it
 */
public record HostFacts(String cpuModel, int packages, int logicalProcessors, boolean virtual, long memoryBytes) {

    /** The machine we run on. */
    public static HostFacts ofThisHost() {
        var proc = Path.of("/proc");
        var facts = Files.isReadable(proc.resolve("cpuinfo")) ? ProcHostFacts.read(proc) : null;
        return facts == null ? OshiHost.facts() : facts;
    }

    /** Name and version of its operating system. */
    public static String operatingSystem() {
        var linux = ProcHostFacts.operatingSystem(Path.of("/etc/os-release"), Path.of("/proc"));
        return linux == null ? OshiHost.operatingSystem() : linux;
    }

    /** Name of the machine we run on. */
    public static String hostName() {
        var kernel = ProcHostFacts.hostName(Path.of("/proc"));
        if (kernel != null) {
            return kernel;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            @Nullable String name = System.getenv("HOSTNAME");
            return name == null || name.isBlank() ? "localhost" : name;
        }
    }
}
