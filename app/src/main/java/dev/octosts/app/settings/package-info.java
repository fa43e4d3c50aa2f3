/**
 * The operator's settings, read once. {@link SettingsReader} turns the variables into {@link Settings} or into
 * {@link SettingFault}s, all of them at once; no code after it gets a string that was not checked.
 */
@NullMarked
package dev.octosts.app.settings;

import org.jspecify.annotations.NullMarked;
