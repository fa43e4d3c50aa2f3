package dev.octosts.sandbox.bench;

import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;

/**
 * The CPU time of one RS256 signature with a 2048-bit key on this JVM: a unit that results of different machines can be
 * compared in.
 */
final class SignatureCost {
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 7;
    private static final int EACH = 150;

    private final PrivateKey key;
    private final byte[] message = new byte[600];

    SignatureCost(PrivateKey key) {
        this.key = key;
    }

    /** Lets the compiler do its work first. */
    void warmUp() {
        sign(WARM_UP);
    }

    /** In nanoseconds of one thread: the median of some rounds. */
    long nanos() {
        var threads = ManagementFactory.getThreadMXBean();
        var rounds = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begun = threads.getCurrentThreadCpuTime();
            sign(EACH);
            rounds[i] = (threads.getCurrentThreadCpuTime() - begun) / EACH;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private void sign(int times) {
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            for (int i = 0; i < times; i++) {
                signer.initSign(key);
                signer.update(message);
                message[i % message.length] = signer.sign()[0];
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("RSA is part of every JDK", impossible);
        }
    }
}
