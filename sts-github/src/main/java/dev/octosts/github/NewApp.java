package dev.octosts.github;

/**
 * An App that was just created. GitHub sends its private key only this once.
 *
 * @param id the App's id
 * @param slug its name in GitHub's addresses
 * @param page its page at GitHub
 * @param owner the account that it belongs to
 * @param privateKey PEM; a secret
 * @param webhookSecret the secret that deliveries are signed with; empty when the App has no webhook
 */
public record NewApp(long id, String slug, String page, String owner, String privateKey, String webhookSecret) {

    @Override
    public String toString() {
        return "NewApp[id=" + id + ", slug=" + slug + ", owner=" + owner + "]";
    }
}
