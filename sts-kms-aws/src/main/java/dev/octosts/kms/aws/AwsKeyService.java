package dev.octosts.kms.aws;

import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.github.key.SigningKey;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** KMS in the region of each key: that of its ARN, or else the one that is configured. */
final class AwsKeyService implements KeyService {

    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:(?:kms|secretsmanager):([a-z0-9-]+):[0-9]*:.+");

    private final Surroundings surroundings;
    private final Optional<URI> endpoint;
    private final ServiceHttp http;
    private final SdkHttpClient sdkHttp;
    private final Identity identity;
    private final Optional<URI> secretsEndpoint;
    private final Map<Region, KmsClient> clients = new ConcurrentHashMap<>();

    /** Secrets are read every few minutes, and each client has a login of its own. */
    private final Map<Region, SecretsManagerClient> managers = new ConcurrentHashMap<>();

    /** For imports, which may take longer than a signature. */
    private final Map<Region, KmsClient> patient = new ConcurrentHashMap<>();

    AwsKeyService(Surroundings surroundings) throws SigningException {
        this.surroundings = surroundings;
        this.endpoint = endpoint(surroundings, "KMS");
        this.secretsEndpoint = endpoint(surroundings, "SECRETS_MANAGER");
        this.http = new ServiceHttp(surroundings.egress());
        this.sdkHttp = new ProgramsHttp(http);
        this.identity = new Identity(surroundings, sdkHttp);
    }

    /** The address that replaces a service's own, such as that of a private endpoint; empty when there is none. */
    static Optional<URI> endpoint(Surroundings surroundings, String service) throws SigningException {
        var name = "AWS_ENDPOINT_URL_" + service;
        var given = surroundings.variable(name).or(() -> surroundings.variable("AWS_ENDPOINT_URL"));
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(given.get()));
        } catch (IllegalArgumentException malformed) {
            throw new SigningException(
                    SigningFault.MISCONFIGURED, "", name + " is not an address; give one with https://");
        }
    }

    @Override
    public SigningKey key(String name) throws SigningException {
        var region = region(name);
        return new AwsKey(name, clients.computeIfAbsent(region, this::client));
    }

    private Region region(String name) throws SigningException {
        var arn = ARN.matcher(name);
        if (arn.matches()) {
            return Region.of(arn.group(1));
        }
        var given = surroundings.variable("AWS_REGION").or(() -> surroundings.variable("AWS_DEFAULT_REGION"));
        if (given.isPresent()) {
            return Region.of(given.get());
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkException none) {
            throw new SigningException(
                    SigningFault.MISCONFIGURED,
                    "",
                    "set AWS_REGION, or name the key by its ARN, which has the region in it");
        }
    }

    @Override
    public String secret(String name) throws SigningException {
        var manager = managers.computeIfAbsent(region(name), this::manager);
        try {
            var answer = manager.getSecretValue(request -> request.secretId(name));
            return answer.secretString() != null
                    ? answer.secretString()
                    : answer.secretBinary().asUtf8String();
        } catch (SdkException failed) {
            throw AwsFaults.of(failed);
        }
    }

    private SecretsManagerClient manager(Region region) {
        var builder = SecretsManagerClient.builder()
                .region(region)
                .credentialsProvider(identity.in(region))
                .httpClient(sdkHttp)
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
        secretsEndpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    @Override
    public Optional<KeyImport> imports() {
        return Optional.of(new AwsImport(name -> {
            var region = region(name);
            return patient.computeIfAbsent(region, _ -> client(region, new ProgramsHttp(http, KeyImport.PATIENCE)));
        }));
    }

    private KmsClient client(Region region) {
        return client(region, sdkHttp);
    }

    private KmsClient client(Region region, SdkHttpClient through) {
        AwsCredentialsProvider credentials = identity.in(region);
        var builder = KmsClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(through)
                // The program repeats a call itself, for every service in the same way.
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    @Override
    public void close() {
        clients.values().forEach(KmsClient::close);
        managers.values().forEach(SecretsManagerClient::close);
        patient.values().forEach(KmsClient::close);
        identity.close();
        http.close();
    }
}
