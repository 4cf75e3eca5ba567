package org.lilgatsby.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;
import org.lilgatsby.settings.SettingException;

/**
 * A setting before its type is known. Each method reads it as one type, and its error names place, key, value and what
 * is allowed.
 *
 * @param key its dotted key
 * @param where how messages call the place where it was written
 * @param node its value; null if it is missing
 */
record Given(String key, String where, YamlNode node) {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern STEP = Pattern.compile("[0-9]{1,9}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

    /** A setting that is nowhere. */
    static Given missing(String key) {
        return new Given(key, key, null);
    }

    /** A setting that follows from others. */
    static Given following(String key, String text) {
        return new Given(key, key, new YamlNode.Scalar(0, text));
    }

    /** The same place with another value. */
    Given with(long other) {
        return new Given(key, where, new YamlNode.Scalar(node.line(), Long.toString(other)));
    }

    boolean isMissingOrNull() {
        return node == null || isNull();
    }

    /**
     * Any text.
     *
     * @param example shown where it is none; empty for none
     */
    String text(String example) {
        return textOrNull().orElseThrow(() -> wrongType(example.isEmpty() ? "text" : "text such as " + example));
    }

    /** A whole number from -most to most. */
    long whole(long most) {
        BigInteger value = matching(WHOLE, "a whole number", BigInteger::new);
        if (value.abs().compareTo(BigInteger.valueOf(most)) > 0) {
            throw wrongType("a whole number of at most " + most);
        }
        return value.longValueExact();
    }

    double number() {
        return matching(NUMBER, "a number", Double::parseDouble);
    }

    boolean yesOrNo() {
        return switch (textOrNull().orElse("")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrongType("true or false");
        };
    }

    /**
     * One of the choices by its {@code toString}.
     *
     * @param others what else is allowed, for the message
     */
    <E> E choice(E[] choices, String... others) {
        Optional<String> text = textOrNull();
        return Arrays.stream(choices)
                .filter(choice -> text.isPresent() && choice.toString().equals(text.get()))
                .findFirst()
                .orElseThrow(() ->
                        notAllowed(Stream.concat(Arrays.stream(choices).map(Object::toString), Arrays.stream(others))));
    }

    <N extends Named> N named(Catalog<N> things) {
        return textOrNull().flatMap(things::find).orElseThrow(() -> notAllowed(things.names().stream()));
    }

    boolean isList() {
        return present() instanceof YamlNode.Sequence;
    }

    /** Whether it is YAML's null. */
    boolean isNull() {
        return present() instanceof YamlNode.Scalar(var _, String text) && text == null;
    }

    /** The items of a list, each read alone. */
    <T> List<T> items(String example, Function<Given, T> item) {
        if (!(present() instanceof YamlNode.Sequence list)) {
            throw wrongType("a list such as " + example);
        }
        return list.items().stream()
                .map(node -> item.apply(new Given(key, where, node)))
                .toList();
    }

    List<String> texts(String example) {
        List<Optional<String>> texts = items(example, Given::textOrNull);
        if (texts.contains(Optional.<String>empty())) {
            throw wrongType("a list such as " + example);
        }
        return texts.stream().map(Optional::get).toList();
    }

    List<Integer> steps(String example) {
        List<Integer> steps = new ArrayList<>();
        for (Optional<String> text : items(example, Given::textOrNull)) {
            if (text.isEmpty() || !STEP.matcher(text.get()).matches()) {
                throw wrongType("a list of whole numbers");
            }
            steps.add(Integer.parseInt(text.get()));
        }
        return steps;
    }

    /** The text of a plain value that is not null. */
    Optional<String> textOrNull() {
        return present() instanceof YamlNode.Scalar(var _, String text) ? Optional.ofNullable(text) : Optional.empty();
    }

    <T> T matching(Pattern pattern, String expected, Function<String, T> parse) {
        return textOrNull()
                .filter(text -> pattern.matcher(text).matches())
                .map(parse)
                .orElseThrow(() -> wrongType(expected));
    }

    private YamlNode present() {
        if (node == null) {
            throw new SettingException(key, key + " is missing and has no default");
        }
        return node;
    }

    SettingException wrongType(String expected) {
        return new SettingException(
                key,
                "%s: %s must be %s, but is %s"
                        .formatted(where, key, expected, present().describe()));
    }

    private SettingException notAllowed(Stream<String> allowed) {
        return new SettingException(
                key,
                "%s: %s is %s; allowed are %s"
                        .formatted(where, key, present().describe(), allowed.collect(Collectors.joining(", "))));
    }
}
