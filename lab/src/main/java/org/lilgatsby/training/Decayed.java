package org.lilgatsby.training;

import static org.lilgatsby.settings.Settings.require;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lilgatsby.model.ParameterTensor;

/** Which parameters are subject to weight decay, {@code training.decayed}. */
public sealed interface Decayed {
    /** Whether a parameter decays. */
    boolean contains(ParameterTensor tensor);

    /** Which those are, as the end of a sentence. */
    String reason();

    /** A kind of parameters. */
    enum Group implements Decayed {
        /** All but biases and the parameters of normalisations. */
        MATRICES("of matrices and embeddings, not of biases and norms"),
        /** Every parameter. */
        ALL("of every parameter, biases and norms included");

        private final String reason;

        Group(String reason) {
            this.reason = reason;
        }

        @Override
        public boolean contains(ParameterTensor tensor) {
            return this == ALL || !tensor.vector();
        }

        @Override
        public String reason() {
            return reason;
        }

        /** The name in configurations: {@code matrices}, {@code all}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Parameters by name.
     *
     * @param names names of parameters; a {@code *} stands for any characters
     */
    record Named(List<String> names) implements Decayed {
        /** @throws org.lilgatsby.settings.SettingException if there is none */
        public Named {
            require(
                    !names.isEmpty(),
                    "training.decayed",
                    "training.decayed is empty; name a parameter, or set training.weight_decay to 0");
            names = List.copyOf(names);
        }

        /** Whether a name stands for this parameter. */
        public static boolean matches(String name, ParameterTensor tensor) {
            String pattern =
                    Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            return tensor.name().matches(pattern);
        }

        @Override
        public boolean contains(ParameterTensor tensor) {
            return names.stream().anyMatch(name -> matches(name, tensor));
        }

        @Override
        public String reason() {
            return "of the parameters that training.decayed names";
        }

        @Override
        public String toString() {
            return names.toString();
        }
    }
}
