package dev.octosts.kms.gcp;

import com.google.auth.oauth2.GoogleCredentials;
import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.github.key.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Google Cloud KMS, by the name {@code gcp}. The identity is that of Application Default Credentials: a file (a key, or
 * a configuration of workload identity federation), or the metadata server of the machine or the cluster.
 *
 * @see <a href="https://cloud.google.com/docs/authentication/application-default-credentials">Application Default
 *     Credentials</a>
 */
public final class GcpKeyServiceProvider implements KeyServiceProvider {

    private static final String ENDPOINT = "CLOUDSDK_API_ENDPOINT_OVERRIDES_";

    /** Secret Manager has no scope of its own; what the identity may do is for IAM to say. */
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public GcpKeyServiceProvider() {}

    @Override
    public String name() {
        return "gcp";
    }

    @Override
    public KeyService open(Surroundings surroundings) throws SigningException {
        var keys = endpoint(surroundings, "CLOUDKMS", "https://cloudkms.googleapis.com");
        var secrets = endpoint(surroundings, "SECRETMANAGER", "https://secretmanager.googleapis.com");
        var http = new ServiceHttp(surroundings.egress());
        try {
            var credentials = credentials(surroundings, http);
            return new Kms(
                    http,
                    new GcpApi(http, keys, credentials),
                    new GcpApi(http, secrets, credentials),
                    surroundings.clock());
        } catch (IOException none) {
            http.close();
            // Its message has the paths that were looked at, and may have a part of the file.
            throw new SigningException(
                    SigningFault.UNAUTHENTICATED,
                    "",
                    "no credentials were found: give the file in GOOGLE_APPLICATION_CREDENTIALS, or run where there is a"
                            + " metadata server");
        }
    }

    private static String endpoint(Surroundings surroundings, String service, String usual) throws SigningException {
        var given = surroundings.variable(ENDPOINT + service).orElse(usual);
        try {
            var address = URI.create(given);
            if (("https".equals(address.getScheme()) && address.getHost() != null)
                    || ("http".equals(address.getScheme())
                            && THIS_MACHINE.contains(String.valueOf(address.getHost())))) {
                return given.replaceFirst("/+$", "");
            }
        } catch (IllegalArgumentException malformed) {
            // as any other that is none
        }
        throw new SigningException(
                SigningFault.MISCONFIGURED, "", ENDPOINT + service + " does not begin with https://, which is needed");
    }

    private static GoogleCredentials credentials(Surroundings surroundings, ServiceHttp http) throws IOException {
        var transport = new ProgramsTransport(http);
        var file = surroundings.variable("GOOGLE_APPLICATION_CREDENTIALS");
        GoogleCredentials found;
        if (file.isPresent()) {
            try (var in = Files.newInputStream(Path.of(file.get()))) {
                found = GoogleCredentials.fromStream(in, () -> transport);
            }
        } else {
            found = GoogleCredentials.getApplicationDefault(() -> transport);
        }
        return found.createScoped(List.of(SCOPE));
    }

    private record Kms(ServiceHttp http, GcpApi api, GcpApi secrets, Clock clock) implements KeyService {

        @Override
        public SigningKey key(String name) throws SigningException {
            return GcpKey.of(name, api);
        }

        @Override
        public String secret(String name) throws SigningException {
            return GcpSecret.of(name, secrets);
        }

        @Override
        public Optional<KeyImport> imports() {
            return Optional.of(new GcpImport(api, clock));
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
