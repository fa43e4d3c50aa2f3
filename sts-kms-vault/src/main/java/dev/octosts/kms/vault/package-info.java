/**
 * The secrets engine <em>transit</em> of HashiCorp Vault and of OpenBao, over its HTTP API:
 * {@link dev.octosts.kms.vault.VaultKeyServiceProvider} is the way in, {@link dev.octosts.kms.vault.VaultLogin} has a
 * valid token, {@link dev.octosts.kms.vault.VaultKey} signs.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/transit">Vault: transit secrets engine (API)</a>
 */
@NullMarked
package dev.octosts.kms.vault;

import org.jspecify.annotations.NullMarked;
