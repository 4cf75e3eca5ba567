package org.lilgatsby.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lilgatsby.random.TorchGenerator;

/**
 * A context-free grammar whose alternatives are chosen by Zipf's law: the alternative of rank r, from 0, has weight
 * 1/(r + 5). It is written as lines of UTF-8 text:
 *
 * <pre>
 * # a comment
 * [rule]             opens a rule; each line that follows is one alternative
 * the {noun} fell    {name} stands for an expansion of that rule, {^name} for a capitalised one
 * [rule words]       opens a rule in which each word is one alternative
 * </pre>
 */
final class Grammar {
    private static final Pattern REFERENCE = Pattern.compile("\\{(\\^?)([a-z-]+)}");
    private static final int WEIGHT_SCALE = 1 << 20;

    private final Map<String, Rule> rules = new HashMap<>();

    /** A piece of an alternative. */
    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Reference(String rule, boolean capitalised) implements Part {}

    /** @param upTo the sums of the weights up to and including each alternative */
    private record Rule(List<List<Part>> alternatives, int[] upTo) {
        static Rule of(List<String> alternatives) {
            int[] upTo = new int[alternatives.size()];
            int sum = 0;
            for (int rank = 0; rank < upTo.length; rank++) {
                sum += WEIGHT_SCALE / (rank + 5);
                upTo[rank] = sum;
            }
            return new Rule(alternatives.stream().map(Grammar::parts).toList(), upTo);
        }

        List<Part> choose(TorchGenerator generator) {
            int drawn = Integer.remainderUnsigned(generator.nextInt(), upTo[upTo.length - 1]);
            int found = Arrays.binarySearch(upTo, drawn);
            return alternatives.get(found >= 0 ? found + 1 : -found - 1);
        }
    }

    private Grammar() {}

    /** The grammar in a resource beside this class. */
    static Grammar ofResource(String name) {
        try (InputStream resource = Grammar.class.getResourceAsStream(name)) {
            return parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + name, e);
        }
    }

    /** @throws IllegalArgumentException for a reference to a missing rule, or a rule without alternatives */
    static Grammar parse(String text) {
        Map<String, List<String>> alternatives = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        boolean words = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.startsWith("[")) {
                words = line.endsWith(" words]");
                current = new ArrayList<>();
                alternatives.put(line.substring(1, line.length() - (words ? " words]" : "]").length()), current);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                current.addAll(words ? List.of(line.split(" ")) : List.of(line));
            }
        }
        Grammar grammar = new Grammar();
        alternatives.forEach((name, list) -> {
            if (list.isEmpty()) {
                throw new IllegalArgumentException("rule [" + name + "] has no alternatives");
            }
            grammar.rules.put(name, Rule.of(list));
        });
        grammar.rules.values().forEach(rule -> rule.alternatives().forEach(grammar::requireRules));
        return grammar;
    }

    private static List<Part> parts(String alternative) {
        List<Part> parts = new ArrayList<>();
        int end = 0;
        for (Matcher matcher = REFERENCE.matcher(alternative); matcher.find(); end = matcher.end()) {
            parts.add(new Literal(alternative.substring(end, matcher.start())));
            parts.add(new Reference(matcher.group(2), !matcher.group(1).isEmpty()));
        }
        parts.add(new Literal(alternative.substring(end)));
        return parts;
    }

    private void requireRules(List<Part> alternative) {
        for (Part part : alternative) {
            if (part instanceof Reference(String rule, var _) && !rules.containsKey(rule)) {
                throw new IllegalArgumentException("a rule refers to [" + rule + "], which does not exist");
            }
        }
    }

    /** One expansion of a rule; each choice takes one draw. */
    String expand(String rule, TorchGenerator generator) {
        StringBuilder text = new StringBuilder();
        append(rule, generator, text);
        return text.toString();
    }

    private void append(String rule, TorchGenerator generator, StringBuilder text) {
        for (Part part : rules.get(rule).choose(generator)) {
            switch (part) {
                case Literal(String literal) -> text.append(literal);
                case Reference(String referred, boolean capitalised) -> {
                    int begin = text.length();
                    append(referred, generator, text);
                    if (capitalised) {
                        text.setCharAt(begin, Character.toUpperCase(text.charAt(begin)));
                    }
                }
            }
        }
    }
}
