package dev.octosts.github;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/**
 * Asks GitHub how the subjects of a repository's tokens are made. The commands ask this, and an exchange never does. As
 * in {@link GitHub}, calls do not throw.
 *
 * @see <a href="https://docs.github.com/en/rest/actions/oidc">GitHub: REST API endpoints for OIDC</a>
 */
public final class SubjectApi {

    private static final int MOST_KEYS = 100;

    private final Transport transport;
    private final Addresses addresses;

    SubjectApi(Transport transport, Addresses addresses) {
        this.transport = transport;
        this.addresses = addresses;
    }

    /**
     * How GitHub makes the subjects of a repository's tokens.
     *
     * @param useDefault whether by its own template
     * @param immutable whether with the ids of owner and repository
     * @param prefix the part that names the repository; empty when GitHub does not say
     * @param claimKeys of the repository's own template; empty when it has none
     */
    public record SubjectTemplate(boolean useDefault, boolean immutable, String prefix, List<String> claimKeys) {

        public SubjectTemplate {
            claimKeys = List.copyOf(claimKeys);
        }
    }

    /**
     * Reads the template of a repository.
     *
     * @param credential a token with {@code actions: read} on the repository
     */
    public GitHubResult<SubjectTemplate> template(String credential, String owner, String repository) {
        return ask(credential, addresses.below(owner, repository, "/actions/oidc/customization/sub"), json -> {
            List<String> keys = json.get("include_claim_keys") instanceof JsonArray array
                    ? array.getValuesAs(JsonString.class).stream()
                            .limit(MOST_KEYS)
                            .map(JsonString::getString)
                            .toList()
                    : List.of();
            return new SubjectTemplate(
                    json.getBoolean("use_default", keys.isEmpty()),
                    json.getBoolean("use_immutable_subject", false),
                    json.getString("sub_claim_prefix", ""),
                    keys);
        });
    }

    /** Reads when a repository was created; any token that sees the repository may ask. */
    public GitHubResult<Instant> createdAt(String credential, String owner, String repository) {
        return ask(
                credential,
                addresses.below(owner, repository, ""),
                json -> Instant.parse(json.getString("created_at")));
    }

    private <T> GitHubResult<T> ask(String credential, URI address, Function<JsonObject, T> reading) {
        Function<URI, HttpAnswer> question =
                where -> transport.anonymous(GitHub.authorized(new HttpGet(where), credential));
        return ResultReader.ask(
                () -> {
                    HttpAnswer first = question.apply(address);
                    return addresses.redirect(address, first).map(question).orElse(first);
                },
                GitHubJson.documented(
                        answer -> reading.apply(GitHubJson.read(answer.body()).asJsonObject())));
    }
}
