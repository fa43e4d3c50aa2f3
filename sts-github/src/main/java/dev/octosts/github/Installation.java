package dev.octosts.github;

/**
 * An App that is installed on an account.
 *
 * @param id the installation's id
 * @param account the account's login, as GitHub spells it
 * @param accountId the account's id, which a rename does not change; 0 when GitHub did not say
 * @param slug the App's name in GitHub's addresses; empty when GitHub did not say
 * @param suspended whether the account's owner has suspended it
 */
public record Installation(long id, String account, long accountId, String slug, boolean suspended) {}
