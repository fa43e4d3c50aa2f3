package dev.octosts.probers;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A source of identity tokens from AWS's token service, which signs a token with the workload's role. The credentials
 * are those of the environment, or those that ECS and EKS give to a container.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html">AWS:
 *     GetWebIdentityToken</a>
 */
final class AwsSource implements IdentityTokenSource {

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern ANSWER = Pattern.compile("<WebIdentityToken>([^<]{1,65536})</WebIdentityToken>");
    private static final String RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private static final String CONTAINER_HOST = "http://169.254.170.2";

    private final Map<String, String> environment;
    private final Network network;
    private final RetryBudget retries;

    AwsSource(Map<String, String> environment, Network network, RetryBudget retries) {
        this.environment = Map.copyOf(environment);
        this.network = network;
        this.retries = retries;
    }

    @Override
    public Result obtain(String audience) throws InterruptedException {
        var region = variable("AWS_REGION").or(() -> variable("AWS_DEFAULT_REGION"));
        if (region.filter(name -> REGION.matcher(name).matches()).isEmpty()) {
            return new Result.Missing("AWS_REGION is not set to a region; AWS has no global service for this");
        }
        var address =
                address(variable("AWS_ENDPOINT_URL_STS").orElse("https://sts." + region.get() + ".amazonaws.com/"));
        if (address.filter(ServiceAddress::isSecure).isEmpty()) {
            return new Result.Missing("AWS_ENDPOINT_URL_STS is not an https address");
        }
        var credentials = ofEnvironment();
        if (credentials.isEmpty()) {
            credentials = ofContainer();
        }
        return credentials.isEmpty()
                ? new Result.Missing(
                        "there are no credentials of AWS: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run"
                                + " where ECS or EKS hands them out; elsewhere take the output of 'aws sts get-web-identity-token'")
                : ask(address.get(), new AwsSignature(region.get(), "sts", credentials.get()), audience);
    }

    private Result ask(URI address, AwsSignature signature, String audience) throws InterruptedException {
        var form = "Action=GetWebIdentityToken&Version=2011-06-15&SigningAlgorithm=RS256&DurationSeconds=300"
                + "&Audience.member.1=" + URLEncoder.encode(audience, StandardCharsets.UTF_8);
        var request = network.request(address).POST(BodyPublishers.ofString(form));
        try {
            signature.headers(address, form, Instant.now()).forEach(request::header);
        } catch (IllegalArgumentException _) {
            return new Result.Missing("the credentials of AWS have characters that no header can carry");
        }
        return switch (network.send(request.build(), retries)) {
            case Reply.Failed(var reason, var _) -> new Result.Missing("AWS gave no token: " + reason);
            case Reply.Answered answered -> read(answered);
        };
    }

    private static Result read(Reply.Answered answered) {
        if (answered.status() != HttpURLConnection.HTTP_OK) {
            return new Result.Missing("AWS gave no token: HTTP " + answered.status()
                    + (answered.status() == HttpURLConnection.HTTP_FORBIDDEN
                            ? "; may the role call sts:GetWebIdentityToken?"
                            : ""));
        }
        var found = ANSWER.matcher(answered.body());
        return found.find()
                ? TokenText.token("the answer of AWS", found.group(1))
                : new Result.Missing("AWS answered without a token");
    }

    private Optional<AwsSignature.AwsCredentials> ofEnvironment() {
        return variable("AWS_ACCESS_KEY_ID")
                .flatMap(id -> variable("AWS_SECRET_ACCESS_KEY")
                        .map(secret -> new AwsSignature.AwsCredentials(id, secret, variable("AWS_SESSION_TOKEN"))));
    }

    private Optional<AwsSignature.AwsCredentials> ofContainer() throws InterruptedException {
        var address = variable(RELATIVE)
                .map(path -> CONTAINER_HOST + path)
                .or(() -> variable(FULL))
                .flatMap(AwsSource::address);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        var request = network.request(address.get());
        try {
            authorization().ifPresent(token -> request.header("Authorization", token));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        return switch (network.send(request.build(), retries)) {
            case Reply.Failed _ -> Optional.empty();
            case Reply.Answered answered -> JsonObjects.object(answered.body()).flatMap(AwsSource::credentials);
        };
    }

    private static Optional<AwsSignature.AwsCredentials> credentials(JsonObject json) {
        return JsonObjects.text(json, "AccessKeyId")
                .flatMap(id -> JsonObjects.text(json, "SecretAccessKey")
                        .map(secret -> new AwsSignature.AwsCredentials(id, secret, JsonObjects.text(json, "Token"))));
    }

    private Optional<String> authorization() {
        return variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
                .flatMap(AwsSource::line)
                .or(() -> variable("AWS_CONTAINER_AUTHORIZATION_TOKEN"));
    }

    private static Optional<String> line(String file) {
        try (var in = Files.newInputStream(Path.of(file))) {
            return Optional.of(TokenText.read(in).strip());
        } catch (IOException | InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text)).filter(address -> address.getHost() != null);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
