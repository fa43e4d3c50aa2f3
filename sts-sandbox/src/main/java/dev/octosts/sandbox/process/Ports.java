package dev.octosts.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds ports of this machine. */
public final class Ports {
    private Ports() {}

    /**
     * A port to listen on.
     *
     * @param wanted 0 for any that is free
     * @param option the option that asks for it, for the message
     * @throws SandboxException when it is taken
     */
    public static int choose(int wanted, String option) {
        if (wanted < 0 || wanted > 65_535) {
            throw new SandboxException(option + ": " + wanted + " is no port; give one between 1 and 65535");
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(wanted));
            return probe.getLocalPort();
        } catch (IOException taken) {
            if (wanted == 0) {
                throw new UncheckedIOException("no free port", taken);
            }
            throw new SandboxException(option + ": port " + wanted + " is taken; give another one", taken);
        }
    }
}
