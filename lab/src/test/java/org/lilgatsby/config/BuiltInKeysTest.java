package org.lilgatsby.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stores and directories of runs are named by these keys, so that no change of the program may change one. */
class BuiltInKeysTest {
    /** By name: key of the run, key of its results. */
    private static final Map<String, List<String>> PINNED = Map.of(
            "embedding-evolution",
            List.of(
                    "1f42c27a40ffa77db913ee5afdcf122956084db8aaad495cf4778d04b7c12466",
                    "74a99d5b6eccd3ea82530d4a1cc4291377c75932363a158b84a9115a02782c55"),
            "primordial-snowball",
            List.of(
                    "68f9d34baf19deb522f0386ac18f3af68b17fb86948e70fc485170ffbc9ba951",
                    "0acc13daff9d0457e545be890f094a567ce7e73952e8382b3f2bf23dc9f466a1"),
            "float32-edition",
            List.of(
                    "fcc452209a8975ac185dbf28cd38ad4c381ee75b33906b7fdbdd7c5a37568c9f",
                    "3ed601692eae66e5dd15607ea32d872761461bedbe0a060cc27677ca36047d00"),
            "instrumented",
            List.of(
                    "ac159fd0a39b5d2e0a6d5a7821cac1de9c79bb35fafb9e3a0cf89cce9065010d",
                    "337d10ddf753b8e401d8079f487b5a95f9c54fa0e706eaada64c5c72d56ea66f"),
            "supermassive-black-hole",
            List.of(
                    "4fa81b5eaa0fe3f8d9b83d25be9186bb91fe43ca23636cdb3da7ca5275b7eb94",
                    "5e3deb535cda6879dcac5ce4354494779b1922216abc4429088b19c2dc57dda4"),
            "flannel",
            List.of(
                    "d464305f2109c169c63b8dad5f7c004d46419b47c79975c560fe255f8a18c016",
                    "b92b4124a679f0f1c4c3714c45e1a15a0e3448155305f4359eef452869a59c76"),
            "thimble",
            List.of(
                    "8b88c329c8a14331c70797cc5e0c072b7eb10588e6020bb633aa47f9a01ac07f",
                    "823e8ca896118c2329b271c8275e5ac027adcebe095e34add95c92248ed1d357"),
            "crucible",
            List.of(
                    "5a9dc03c48c38ba0a5576988129cf53ac43e58e81fb4e453ddceaba4b9c43bfb",
                    "a76b72c832816a7255fdfe2d621c8629c13fd70d92ab537fff2160d31dbe185e"),
            "goldilocks",
            List.of(
                    "f3683755982d131060d7c6481fb406c0af46d4a077fafdf82e83ca46e98a4df2",
                    "3e580baf5be4268745831e8c0c4e62c7a60da492ca070b6ffdb8f7bddbc32c0b"),
            "duckling-record",
            List.of(
                    "c6e14c19932d163ea02a40538d816594bc33c804037b2d56196e80f3390bebda",
                    "6793492e2b5f1ebee0b7c11df34a1257ab4354932b6908c9d9579dc74e8a373e"));

    @Test
    void keysAreThoseOfEveryBuild() {
        PINNED.forEach((name, keys) -> {
            ExperimentConfig config = BuiltIn.load(name, List.of());
            assertEquals(
                    keys,
                    List.of(
                            RunKey.of(config, "", 1).sha256(),
                            ResultKey.of(config, "", 1).sha256()),
                    name);
        });
    }
}
