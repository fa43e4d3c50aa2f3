package dev.octosts.kms.pkcs11;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * SoftHSM with a new token. Where it is not installed, the tests that use it are left out, except when
 * {@code OCTOSTS_TESTS_REQUIRE} names {@code softhsm2}.
 */
final class SoftHsm {

    static final String PIN = "123456";

    private static final String REQUIRED = "OCTOSTS_TESTS_REQUIRE";
    private static final Pattern SLOT = Pattern.compile("slot ([0-9]+)");

    private final Path module;
    private final String label;
    private final long slot;

    private SoftHsm(Path module, String label, long slot) {
        this.module = module;
        this.label = label;
        this.slot = slot;
    }

    Path module() {
        return module;
    }

    String label() {
        return label;
    }

    long slot() {
        return slot;
    }

    /** A new token. */
    static SoftHsm start(String label) throws IOException, InterruptedException {
        var module = Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so",
                        "/usr/local/lib/softhsm/libsofthsm2.so",
                        "/opt/homebrew/lib/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst();
        var missing = "there is no SoftHSM on this machine (apt-get install softhsm2)";
        if (module.isEmpty()) {
            var required = List.of(System.getenv().getOrDefault(REQUIRED, "").split("[ ,]+"));
            if (required.contains("softhsm2")) {
                throw new AssertionError(missing + ", and " + REQUIRED + " names softhsm2");
            }
            System.err.println("LEFT OUT: " + missing);
        }
        assumeTrue(module.isPresent(), missing);
        var configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        var tokens = Files.createDirectories(configuration.resolveSibling("softhsm2-tokens"));
        Files.writeString(configuration, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        var process = new ProcessBuilder(
                        "softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "654321")
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(output);
        }
        var slot = SLOT.matcher(output);
        if (!slot.find()) {
            throw new AssertionError(output);
        }
        return new SoftHsm(module.orElseThrow(), label, Long.parseLong(slot.group(1)));
    }

    /** Puts a key into the token, with a certificate of the same id, as a device has them. */
    void add(String name, KeyPair pair) throws GeneralSecurityException, IOException, OperatorCreationException {
        var keys = open();
        var subject = new X500Name("CN=" + name);
        var now = Instant.now();
        var certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                subject,
                                BigInteger.ONE,
                                Date.from(now),
                                Date.from(now.plus(1, ChronoUnit.DAYS)),
                                subject,
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder(
                                        pair.getPrivate() instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA")
                                .build(pair.getPrivate())));
        keys.setKeyEntry(name, pair.getPrivate(), null, new Certificate[] {certificate});
    }

    /** A private key as the device shows it. */
    Object shown(String name) throws GeneralSecurityException, IOException {
        return open().getKey(name, null);
    }

    private KeyStore open() throws GeneralSecurityException, IOException {
        var provider = Security.getProvider("SunPKCS11")
                .configure("--name = setup" + System.nanoTime() + "\nlibrary = " + module + "\nslot = " + slot + "\n"
                        + "attributes(*, CKO_PRIVATE_KEY, *) = {\n  CKA_SIGN = true\n}\n");
        var keys = KeyStore.getInstance("PKCS11", provider);
        keys.load(null, PIN.toCharArray());
        return keys;
    }
}
