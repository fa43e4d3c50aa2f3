package dev.octosts.exchange.github;

/**
 * An App that was just made. GitHub tells its private key this once.
 *
 * @param id the App's id
 * @param slug its name in GitHub's addresses
 * @param page its page at GitHub
 * @param owner the account that it belongs to
 * @param privateKey PEM; a secret
 * @param webhookSecret what deliveries are signed with, a secret; empty when the App has no webhook
 */
public record NewApp(long id, String slug, String page, String owner, String privateKey, String webhookSecret) {

    @Override
    public String toString() {
        return "NewApp[id=" + id + ", slug=" + slug + ", owner=" + owner + "]";
    }
}
