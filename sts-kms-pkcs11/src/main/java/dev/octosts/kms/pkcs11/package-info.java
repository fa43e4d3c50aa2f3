/**
 * Devices that speak PKCS#11, through the JDK's provider SunPKCS11:
 * {@link dev.octosts.kms.pkcs11.Pkcs11KeyServiceProvider} is the way in.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/security/pkcs11-reference-guide1.html">JDK: PKCS#11 reference
 *     guide</a>
 */
@NullMarked
package dev.octosts.kms.pkcs11;

import org.jspecify.annotations.NullMarked;
