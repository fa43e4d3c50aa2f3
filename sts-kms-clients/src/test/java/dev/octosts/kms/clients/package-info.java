@org.jspecify.annotations.NullMarked
package dev.octosts.kms.clients;
