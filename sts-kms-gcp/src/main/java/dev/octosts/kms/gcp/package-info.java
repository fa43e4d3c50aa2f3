/**
 * Google Cloud KMS over its REST API: {@link dev.octosts.kms.gcp.GcpKeyServiceProvider} is the way in.
 *
 * @see <a href="https://cloud.google.com/kms/docs/reference/rest">Cloud KMS: REST API</a>
 */
@NullMarked
package dev.octosts.kms.gcp;

import org.jspecify.annotations.NullMarked;
