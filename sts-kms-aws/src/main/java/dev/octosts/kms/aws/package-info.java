/**
 * AWS KMS: {@link dev.octosts.kms.aws.AwsKeyServiceProvider} is the way in.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">AWS KMS: Sign</a>
 */
@NullMarked
package dev.octosts.kms.aws;

import org.jspecify.annotations.NullMarked;
