package org.lilgatsby.tables;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lilgatsby.config.ConfigKeys;
import org.lilgatsby.files.Text;

/**
 * One of a sweep's tables in comma-separated values, with the types of its columns. A varied setting has whole numbers
 * or numbers if all its values are, and texts otherwise; a column of any other name is a figure.
 */
final class TableFile {
    private static final String TEXT = "VARCHAR";
    private static final String WHOLE = "BIGINT";
    private static final String NUMBER = "DOUBLE";

    /** Types of the columns that every table has. */
    static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("key", TEXT),
            Map.entry("experiment", TEXT),
            Map.entry("seed", WHOLE),
            Map.entry("state", TEXT),
            Map.entry("reason", TEXT),
            Map.entry("seconds", NUMBER),
            Map.entry("program", TEXT),
            Map.entry("arithmetic", WHOLE),
            Map.entry("machine", TEXT),
            Map.entry("step", WHOLE),
            Map.entry("group", TEXT),
            Map.entry("figure", TEXT),
            Map.entry("value", NUMBER));

    /** The dialect of all tables: DuckDB guesses nothing about it. */
    private static final String DIALECT =
            "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
                    + "new_line = '\\n', comment = '', nullstr = '', compression = 'none', hive_partitioning = false";

    private static final Pattern NAME = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^\",]*))(,|$)");

    /** A whole number that a BIGINT holds and shows as it is written. */
    private static final String IS_WHOLE =
            "regexp_full_match(%1$s, '0|-?[1-9][0-9]*') AND try_cast(%1$s AS BIGINT) IS NOT NULL";

    private static final String IS_NUMBER =
            "regexp_full_match(%1$s, '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?')";

    /** An empty cell says nothing about its column; a column without another is one of texts. */
    private static final String OF_ALL = "coalesce(bool_and(%2$s) FILTER (WHERE %1$s <> ''), false)";

    private final Path path;
    private final Map<String, String> types;

    private TableFile(Path path, Map<String, String> types) {
        this.path = path;
        this.types = types;
    }

    /**
     * Reads the columns' names and settles their types.
     *
     * @throws IOException if the file cannot be read, or its first line names no columns
     */
    static TableFile of(Database database, Path path) throws IOException {
        Map<String, String> types = new LinkedHashMap<>();
        for (String column : columns(path)) {
            types.put(column, FIXED.getOrDefault(column, NUMBER));
        }
        List<String> settings = types.keySet().stream()
                .filter(column -> !FIXED.containsKey(column) && ConfigKeys.isSetting(column))
                .toList();
        try {
            if (!settings.isEmpty()) {
                types.putAll(typesOf(database, path, types.keySet(), settings));
            }
            return new TableFile(path, types);
        } catch (SQLException e) {
            throw new IOException(path + ": is not a table of a sweep: " + SqlFailure.sentence(e), e);
        }
    }

    /** An expression of DuckDB for the rows, in their order. An empty cell of a number is NULL. */
    String rows() {
        return rows(path, types);
    }

    /** DuckDB's own option that keeps empty texts counts columns wrongly where not all of them are asked for. */
    private static String rows(Path path, Map<String, String> types) {
        String columns = types.entrySet().stream()
                .map(column -> Sql.text(column.getKey()) + ": " + Sql.text(column.getValue()))
                .collect(Collectors.joining(", "));
        String cells = types.entrySet().stream()
                .map(column -> cell(Sql.name(column.getKey()), column.getValue()))
                .collect(Collectors.joining(", "));
        return "(SELECT %s FROM read_csv(%s, %s, columns = {%s}))"
                .formatted(cells, Sql.pattern(path), DIALECT, columns);
    }

    private static String cell(String name, String type) {
        return type.equals(TEXT) ? "coalesce(%1$s, '') AS %1$s".formatted(name) : name;
    }

    private static List<String> columns(Path path) throws IOException {
        String header;
        try (BufferedReader in = Files.newBufferedReader(path)) {
            header = in.readLine();
        } catch (CharacterCodingException e) {
            throw new IOException(path + ": is not a table of a sweep: it is not UTF-8", e);
        }
        List<String> names = new ArrayList<>();
        Matcher name = NAME.matcher(header == null ? "" : header);
        boolean ended = false;
        while (!ended && name.find()) {
            names.add(name.group(2) == null ? name.group(1).replace("\"\"", "\"") : name.group(2));
            ended = name.group(3).isEmpty();
        }
        Set<String> distinct = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (!ended || names.contains("") || !distinct.addAll(names) || distinct.size() < names.size()) {
            throw new IOException("%s: is not a table of a sweep; its first line is %s"
                    .formatted(path, header == null ? "missing" : Text.quote(header)));
        }
        return names;
    }

    private static Map<String, String> typesOf(
            Database database, Path path, Collection<String> columns, List<String> settings)
            throws SQLException, IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        columns.forEach(column -> texts.put(column, TEXT));
        String all = settings.stream()
                .map(Sql::name)
                .map(column -> Stream.of(IS_WHOLE, IS_NUMBER)
                        .map(test -> OF_ALL.formatted(column, test.formatted(column)))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(", "));
        Map<String, String> types = new LinkedHashMap<>();
        database.query("SELECT %s FROM %s".formatted(all, rows(path, texts)), answers -> {
            answers.next();
            for (int i = 0; i < settings.size(); i++) {
                boolean whole = answers.getBoolean(2 * i + 1);
                boolean number = answers.getBoolean(2 * i + 2);
                types.put(settings.get(i), whole ? WHOLE : number ? NUMBER : TEXT);
            }
        });
        return types;
    }
}
