package org.lilgatsby.sweep.execution;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.Point;

/**
 * One of {@code count} parts of a sweep: every {@code count}-th point from the {@code index}-th on, so that a long axis
 * is spread over all parts.
 *
 * @param index from 1
 */
public record Shard(int index, int count) {
    /** The whole sweep. */
    public static final Shard ALL = new Shard(1, 1);

    private static final Pattern PARTS = Pattern.compile("([0-9]{1,7})/([0-9]{1,7})");

    /**
     * Reads {@code i/n}.
     *
     * @throws SettingException if it is not of this form, or i is not from 1 to n
     */
    public static Shard parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw new SettingException("", "--shard is \"%s\"; expected i/n, such as 3/8".formatted(text));
        }
        Shard shard = new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        if (shard.index < 1 || shard.index > shard.count) {
            throw new SettingException(
                    "",
                    "--shard is %d/%d; the first number is from 1 to the second".formatted(shard.index, shard.count));
        }
        return shard;
    }

    /** The points of this part, in their order. */
    public List<Point> of(List<Point> points) {
        return IntStream.range(0, points.size())
                .filter(place -> place % count == index - 1)
                .mapToObj(points::get)
                .toList();
    }
}
