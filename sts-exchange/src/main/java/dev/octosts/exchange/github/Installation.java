package dev.octosts.exchange.github;

/**
 * An App that is installed on an account.
 *
 * @param id the installation's id
 * @param account the account's login, as GitHub spells it
 * @param slug the App's name in GitHub's addresses; empty when GitHub did not say
 * @param suspended whether the account's owner has suspended it
 */
public record Installation(long id, String account, String slug, boolean suspended) {
    /** x. */
    public long accountId() {
        return 0;
    }
}
