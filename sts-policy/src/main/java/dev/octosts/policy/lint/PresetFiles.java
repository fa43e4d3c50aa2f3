package dev.octosts.policy.lint;

/**
 * A new policy.
 *
 * @param policy the policy file's text
 * @param test the text of the test file beside it
 */
public record PresetFiles(String policy, String test) {}
