package dev.octosts.policy.preset;

/**
 * The files of a new policy.
 *
 * @param policy the policy file's text
 * @param test the text of the test file next to it
 */
public record PresetFiles(String policy, String test) {}
