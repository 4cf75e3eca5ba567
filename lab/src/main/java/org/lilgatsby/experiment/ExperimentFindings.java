package org.lilgatsby.experiment;

/**
 * The figures that only one experiment asks for: a record of that experiment's class, whose component names are the
 * keys of {@code particulars} in report.json, in snake case.
 */
public interface ExperimentFindings {}
