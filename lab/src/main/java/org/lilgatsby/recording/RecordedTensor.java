package org.lilgatsby.recording;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;

import java.util.regex.Pattern;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;

/**
 * A tensor of the recording with one row per recorded step.
 *
 * @param name the tensor's name in the file: a letter, then letters, digits and underscores, at most 64
 * @param observable what its rows hold
 * @param format how they are stored; values that the run holds more precisely are rounded
 */
public record RecordedTensor(
        String name, @Setting(name = "observe") Observable observable, Precision format) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    /** Bytes of a row. */
    long bytesPerRow(Extent extent) {
        return extent.values(observable) * format.bytes();
    }

    /** @throws SettingException if the name cannot be a tensor's, or a choice is missing */
    public RecordedTensor {
        require(
                name != null && NAME.matcher(name).matches(),
                "recording.tensors." + name + ".observe",
                () -> ("recording.tensors names a tensor \"%s\"; allowed are a letter, then letters, digits and "
                                + "underscores, at most 64 in all")
                        .formatted(name));
        requirePresent("recording.tensors." + name + ".observe", observable);
        requirePresent("recording.tensors." + name + ".format", format);
    }
}
