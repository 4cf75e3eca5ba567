package org.lilgatsby.tables;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.lilgatsby.safetensors.FiniteJson;
import org.lilgatsby.settings.SettingException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a text is a single SELECT. DuckDB's own parser says so, before any of it is carried out: a SELECT may contain
 * what writes, as COPY in its WITH.
 */
final class QueryCheck {
    private static final JsonMapper JSON = FiniteJson.mapper().build();

    /** Nodes of DuckDB's syntax tree that only read; every kind of query node is named so. */
    private static final Set<String> READING =
            Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

    private static final String OF_A_QUERY = "_NODE";

    private QueryCheck() {}

    /**
     * Checks what was asked.
     *
     * @throws SettingException if it is not one SELECT, or its syntax is wrong
     */
    static void requireReading(Database database, String sql) throws IOException {
        JsonNode tree = tree(database, sql);
        if (tree.path("error").asBoolean()) {
            throw new SettingException("", problem(tree));
        }
        int statements = tree.path("statements").size();
        if (statements != 1) {
            throw new SettingException(
                    "",
                    statements == 0
                            ? "the query is empty; ask with a SELECT, such as \"select * from runs\""
                            : "the query has %d statements; ask with one SELECT".formatted(statements));
        }
        requireReading(tree);
    }

    private static JsonNode tree(Database database, String sql) throws IOException {
        try (PreparedStatement statement = database.connection().prepareStatement("SELECT json_serialize_sql(?)")) {
            statement.setString(1, sql);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return JSON.readTree(result.getString(1));
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        } catch (JacksonException e) {
            throw new SettingException("", "the query is nested too deeply");
        }
    }

    private static String problem(JsonNode tree) {
        return tree.path("error_type").asString().equals("parser")
                ? "the query cannot be parsed: " + tree.path("error_message").asString()
                : refusal();
    }

    private static void requireReading(JsonNode tree) {
        String type = tree.path("type").asString("");
        if (type.endsWith(OF_A_QUERY) && !READING.contains(type)) {
            throw new SettingException("", refusal());
        }
        tree.forEach(QueryCheck::requireReading);
    }

    private static String refusal() {
        return "a query only reads; ask with one SELECT, such as \"select * from runs\"";
    }
}
