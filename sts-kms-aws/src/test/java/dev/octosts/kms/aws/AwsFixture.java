package dev.octosts.kms.aws;

import dev.octosts.api.Egress;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.SigningException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The provider as the program opens it. */
final class AwsFixture {

    private AwsFixture() {}

    /** The service at an address, with keys of the environment; further variables replace these. */
    static KeyService service(String address, Map<String, String> more) throws SigningException {
        var variables = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", address,
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "AKIATEST",
                "AWS_SECRET_ACCESS_KEY", "secret"));
        variables.putAll(more);
        return new AwsKeyServiceProvider()
                .open(new Surroundings(variables, new Egress(trust(), Optional.empty()), Clock.systemUTC()));
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
