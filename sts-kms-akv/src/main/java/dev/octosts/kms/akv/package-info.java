/**
 * Azure Key Vault over its REST API: {@link dev.octosts.kms.akv.AkvKeyServiceProvider} is the way in.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign">Azure Key Vault: Sign</a>
 */
@NullMarked
package dev.octosts.kms.akv;

import org.jspecify.annotations.NullMarked;
