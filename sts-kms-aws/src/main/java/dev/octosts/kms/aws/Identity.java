package dev.octosts.kms.aws;

import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.SigningException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Who this service is at AWS: keys in the environment, the token file of a service account (IRSA), or else the SDK's
 * default chain with profiles, Pod Identity, ECS and the instance's metadata (IMDSv2).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html">AWS: default
 *     credentials provider chain</a>
 */
final class Identity implements AutoCloseable {

    private final Surroundings surroundings;
    private final SdkHttpClient http;
    private final Optional<URI> stsEndpoint;
    private final List<SdkAutoCloseable> open = new CopyOnWriteArrayList<>();

    Identity(Surroundings surroundings, SdkHttpClient http) throws SigningException {
        this.surroundings = surroundings;
        this.http = http;
        this.stsEndpoint = AwsKeyService.endpoint(surroundings, "STS");
    }

    /** The credentials for calls to a region. */
    AwsCredentialsProvider in(Region region) {
        var id = surroundings.variable("AWS_ACCESS_KEY_ID");
        var secret = surroundings.variable("AWS_SECRET_ACCESS_KEY");
        if (id.isPresent() && secret.isPresent()) {
            return StaticCredentialsProvider.create(surroundings
                    .variable("AWS_SESSION_TOKEN")
                    .<AwsCredentials>map(token -> AwsSessionCredentials.create(id.get(), secret.get(), token))
                    .orElseGet(() -> AwsBasicCredentials.create(id.get(), secret.get())));
        }
        var token = surroundings.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        var role = surroundings.variable("AWS_ROLE_ARN");
        if (token.isPresent() && role.isPresent()) {
            return webIdentity(region, Path.of(token.get()), role.get());
        }
        var chain = DefaultCredentialsProvider.builder().build();
        open.add(chain);
        return chain;
    }

    /** As the default chain would, through this program's proxies and with its authorities. */
    private AwsCredentialsProvider webIdentity(Region region, Path token, String role) {
        var builder = StsClient.builder()
                .region(region)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(http)
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
        stsEndpoint.ifPresent(builder::endpointOverride);
        var sts = builder.build();
        var provider = StsWebIdentityTokenFileCredentialsProvider.builder()
                .stsClient(sts)
                .webIdentityTokenFile(token)
                .roleArn(role)
                .roleSessionName(surroundings.variable("AWS_ROLE_SESSION_NAME").orElse("octo-sts"))
                .asyncCredentialUpdateEnabled(true)
                .build();
        open.add(provider);
        open.add(sts);
        return provider;
    }

    @Override
    public void close() {
        open.forEach(SdkAutoCloseable::close);
    }
}
