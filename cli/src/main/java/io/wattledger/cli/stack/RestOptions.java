package io.wattledger.cli.stack;

import io.wattledger.streams.Advertised;
import java.net.InetSocketAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say where a role serves its REST interface. */
final class RestOptions {
    @Option(
            names = "--listen",
            paramLabel = "HOST",
            defaultValue = Ports.LOOPBACK,
            description = "Address that the REST interface listens at, 0.0.0.0 for all of this host. Nothing there asks"
                    + " who is calling (also: WATTLEDGER_LISTEN). Default: ${DEFAULT-VALUE}.")
    private String listen = Ports.LOOPBACK;

    @Option(
            names = "--advertise",
            paramLabel = "HOST[:PORT]",
            defaultValue = "",
            description = "Under what other instances reach the REST interface (also: WATTLEDGER_ADVERTISE). Default:"
                    + " where it listens, or with 0.0.0.0 the name of this host.")
    private String advertise = "";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** @throws ParameterException when nothing can listen there */
    RestAddress address(int port) {
        if (port < 0 || port > 65535) {
            throw new ParameterException(spec.commandLine(), "--port " + port + " is not between 0 and 65535");
        }
        if (new InetSocketAddress(listen, port).isUnresolved()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--listen (or WATTLEDGER_LISTEN) is " + listen + ", which is no address or name of this host");
        }
        return new RestAddress(Advertised.bracketed(listen), port, advertise);
    }
}
