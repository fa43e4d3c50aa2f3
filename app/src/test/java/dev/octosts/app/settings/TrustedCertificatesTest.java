package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a client with these variables believes, tried in a handshake. */
@Timeout(30)
class TrustedCertificatesTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create();
    private static final String NO_CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    @TempDir
    Path folder;

    @Test
    void strangers_are_not_believed() {
        assertThatThrownBy(() -> shakeHands(trust(Map.of()))).isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> shakeHands(trust(Map.of("SSL_CERT_FILE", "", "SSL_CERT_DIR", ":"))))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void whoever_is_in_the_file_is_believed_though_other_parts_of_it_cannot_be_read() throws Exception {
        Path file = write("bundle.pem", "# roots\n" + NO_CERTIFICATE + AUTHORITY.pem());

        shakeHands(trust(Map.of("SSL_CERT_FILE", file.toString())));
    }

    @Test
    void whoever_is_in_one_of_the_folders_is_believed_whatever_else_is_in_them() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other/inner")).getParent();
        write("README", "no certificate");
        write("other/ca.crt", AUTHORITY.pem());

        shakeHands(trust(Map.of("SSL_CERT_DIR", folder + "::" + other)));
        assertThatThrownBy(() -> shakeHands(trust(Map.of("SSL_CERT_DIR", folder.toString()))))
                .as("folders are not searched deeper")
                .isInstanceOf(SSLHandshakeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", NO_CERTIFICATE})
    void a_file_without_a_certificate_is_refused_by_name(String text) throws IOException {
        Path file = write("bundle.pem", text);
        var variables = new Variables(Map.of("SSL_CERT_FILE", file.toString()));

        TrustedCertificates.read(variables);
        assertThat(variables.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.variable()).isEqualTo("SSL_CERT_FILE");
            assertThat(fault.problem()).contains(file.toString()).contains("no certificate in PEM form");
        });
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static SSLContext trust(Map<String, String> given) {
        var variables = new Variables(given);
        SSLContext context = TrustedCertificates.read(variables);
        assertThat(variables.faults()).isEmpty();
        return context;
    }

    /** Calls a server whose certificate the authority has signed. */
    private static void shakeHands(SSLContext client) throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var server = (SSLServerSocket)
                        AUTHORITY.serverContext().getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            var accepted = threads.submit(() -> {
                try (var connection = (SSLSocket) server.accept()) {
                    connection.startHandshake();
                }
                return true;
            });
            try (var connection = (SSLSocket) client.getSocketFactory().createSocket(loopback, server.getLocalPort())) {
                connection.startHandshake();
            }
            assertThat(accepted.get()).isTrue();
        }
    }
}
