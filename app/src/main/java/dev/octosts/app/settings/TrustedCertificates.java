package dev.octosts.app.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that are trusted for calls that leave this process. As in Go, {@code SSL_CERT_FILE} replaces the
 * system's file of roots and {@code SSL_CERT_DIR} its folders, so that only both together replace the platform's roots.
 * A trust store that Java was started with counts in any case.
 *
 * @see <a href="https://pkg.go.dev/crypto/x509#SystemCertPool">crypto/x509.SystemCertPool</a>
 */
final class TrustedCertificates {

    static final String FILE = "SSL_CERT_FILE";
    static final String FOLDERS = "SSL_CERT_DIR";

    private static final int MAX_FILE = 4 * 1024 * 1024;
    private static final int MAX_FILES = 10_000;
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

    private TrustedCertificates() {}

    static SSLContext read(Variables variables) {
        var file = variables.value(FILE, TrustedCertificates::ofFile);
        var folders = variables.value(FOLDERS, TrustedCertificates::ofFolders);
        try {
            if (file.isEmpty() && folders.isEmpty()) {
                return SSLContext.getDefault();
            }
            // Files and folders of a system have the same certificates, several times.
            var blocks = new LinkedHashSet<String>();
            file.ifPresent(blocks::addAll);
            folders.ifPresent(blocks::addAll);
            boolean platform =
                    file.isEmpty() || folders.isEmpty() || System.getProperty("javax.net.ssl.trustStore") != null;
            // The other processor reads them: they take a tenth of a start.
            return LaterTls.of(() -> trusting(blocks, platform));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("no TLS on this JVM", failed);
        }
    }

    private static SSLContext trusting(Set<String> blocks, boolean platform) {
        var roots = new ArrayList<Certificate>();
        for (String block : blocks) {
            certificate(block).ifPresent(roots::add);
        }
        try {
            if (platform) {
                roots.addAll(platformRoots());
            }
            return trusting(roots);
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException("no TLS on this JVM: the trust store cannot be read", failed);
        }
    }

    /** The certificates of a file, as text. At least one of them can be read. */
    private static List<String> ofFile(String path) {
        var blocks = blocksIn(BoundedFile.text(path, MAX_FILE));
        if (blocks.stream().noneMatch(block -> certificate(block).isPresent())) {
            throw new IllegalArgumentException(
                    "the file " + SettingFault.quoted(path) + " holds no certificate in PEM form");
        }
        return blocks;
    }

    private static List<String> ofFolders(String paths) {
        var blocks = new ArrayList<String>();
        for (String folder : paths.split(":", -1)) {
            if (folder.isEmpty()) {
                continue;
            }
            try (var files = Files.list(Path.of(folder))) {
                // Folders of certificates also contain links by hash, lists and read-me files; only PEM text counts.
                files.filter(Files::isRegularFile)
                        .limit(MAX_FILES)
                        .forEach(found -> blocks.addAll(blocksIn(BoundedFile.text(found.toString(), MAX_FILE))));
            } catch (IOException | InvalidPathException _) {
                throw new IllegalArgumentException("the folder " + SettingFault.quoted(folder) + " cannot be read");
            }
        }
        return blocks;
    }

    private static List<String> blocksIn(String text) {
        return CERTIFICATE.matcher(text).results().map(MatchResult::group).toList();
    }

    /**
     * The certificate; empty for a block that cannot be read: Go skips it too, and bundles in real use contain odd
     * certificates.
     */
    private static Optional<Certificate> certificate(String block) {
        try {
            var bytes = new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII));
            return Optional.of(CertificateFactory.getInstance("X.509").generateCertificate(bytes));
        } catch (CertificateException _) {
            return Optional.empty();
        }
    }

    private static Collection<? extends Certificate> platformRoots() throws GeneralSecurityException {
        var roots = new ArrayList<X509Certificate>();
        for (var manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager trusting) {
                roots.addAll(List.of(trusting.getAcceptedIssuers()));
            }
        }
        return roots;
    }

    private static SSLContext trusting(List<Certificate> roots) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int index = 0; index < roots.size(); index++) {
            store.setCertificateEntry("root-" + index, roots.get(index));
        }
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory(store).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
