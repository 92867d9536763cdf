package io.wattledger.cli.stack;

import io.wattledger.cli.registry.RegistryServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;

/** The schema registry as a role. */
final class RegistryRole implements Role {
    private final RegistryServer server;

    private RegistryRole(RegistryServer server) {
        this.server = server;
    }

    static RegistryRole start(RoleContext context) {
        var settings = new HashMap<>(context.clientSettings());
        settings.put("bootstrap.servers", context.bootstrapServers());
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), context.port());
        return new RegistryRole(RegistryServer.start(settings, address));
    }

    @Override
    public String url() {
        return server.url().toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
