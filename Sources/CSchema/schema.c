// Carries Schema/ in the binary, in the order in which the files are loaded. C23 #embed: the
// files stay readable SQL that psql can run, and editing one rebuilds this target.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "schema.h"

#define FILE_NAMED(name) static const unsigned char name[] =
FILE_NAMED(file_0) {
#embed "../../Schema/roles.sql" suffix(, 0)
};
FILE_NAMED(file_1) {
#embed "../../Schema/migrations/0001_log.sql" suffix(, 0)
};
FILE_NAMED(file_2) {
#embed "../../Schema/migrations/0002_log_functions.sql" suffix(, 0)
};
FILE_NAMED(file_3) {
#embed "../../Schema/migrations/0003_vault_and_ops.sql" suffix(, 0)
};
FILE_NAMED(file_4) {
#embed "../../Schema/migrations/0004_privileges.sql" suffix(, 0)
};
FILE_NAMED(file_5) {
#embed "../../Schema/migrations/0005_append.sql" suffix(, 0)
};
FILE_NAMED(file_6) {
#embed "../../Schema/migrations/0006_erasure.sql" suffix(, 0)
};
FILE_NAMED(file_7) {
#embed "../../Schema/migrations/0007_people.sql" suffix(, 0)
};
FILE_NAMED(file_8) {
#embed "../../Schema/migrations/0008_run_numbers.sql" suffix(, 0)
};
FILE_NAMED(file_9) {
#embed "../../Schema/migrations/0009_watching.sql" suffix(, 0)
};
FILE_NAMED(file_10) {
#embed "../../Schema/migrations/0010_verification.sql" suffix(, 0)
};
FILE_NAMED(file_11) {
#embed "../../Schema/migrations/0011_quarantine.sql" suffix(, 0)
};
FILE_NAMED(file_12) {
#embed "../../Schema/migrations/0012_rebuild.sql" suffix(, 0)
};
FILE_NAMED(file_13) {
#embed "../../Schema/migrations/0013_cell_claims.sql" suffix(, 0)
};
FILE_NAMED(file_14) {
#embed "../../Schema/migrations/0014_signed_checkpoints.sql" suffix(, 0)
};
FILE_NAMED(file_15) {
#embed "../../Schema/migrations/0015_others.sql" suffix(, 0)
};
FILE_NAMED(file_16) {
#embed "../../Schema/read/fact/base.sql" suffix(, 0)
};
FILE_NAMED(file_17) {
#embed "../../Schema/read/fact/subject_merge.sql" suffix(, 0)
};
FILE_NAMED(file_18) {
#embed "../../Schema/read/fact/entry.sql" suffix(, 0)
};
FILE_NAMED(file_19) {
#embed "../../Schema/read/fact/programme.sql" suffix(, 0)
};
FILE_NAMED(file_20) {
#embed "../../Schema/read/fact/unit.sql" suffix(, 0)
};
FILE_NAMED(file_21) {
#embed "../../Schema/read/fact/programme_group.sql" suffix(, 0)
};
FILE_NAMED(file_22) {
#embed "../../Schema/read/fact/instrument_item.sql" suffix(, 0)
};
FILE_NAMED(file_23) {
#embed "../../Schema/read/fact/instrument_scale.sql" suffix(, 0)
};
FILE_NAMED(file_24) {
#embed "../../Schema/read/fact/wave.sql" suffix(, 0)
};
FILE_NAMED(file_25) {
#embed "../../Schema/read/fact/target.sql" suffix(, 0)
};
FILE_NAMED(file_26) {
#embed "../../Schema/read/fact/enrolment.sql" suffix(, 0)
};
FILE_NAMED(file_27) {
#embed "../../Schema/read/fact/session.sql" suffix(, 0)
};
FILE_NAMED(file_28) {
#embed "../../Schema/read/fact/attendance.sql" suffix(, 0)
};
FILE_NAMED(file_29) {
#embed "../../Schema/read/fact/observation.sql" suffix(, 0)
};
FILE_NAMED(file_30) {
#embed "../../Schema/read/fact/log_entry.sql" suffix(, 0)
};
FILE_NAMED(file_31) {
#embed "../../Schema/read/fact/response.sql" suffix(, 0)
};
FILE_NAMED(file_32) {
#embed "../../Schema/read/fact/answer.sql" suffix(, 0)
};
FILE_NAMED(file_33) {
#embed "../../Schema/read/fact/hours.sql" suffix(, 0)
};
FILE_NAMED(file_34) {
#embed "../../Schema/read/fact/support_act.sql" suffix(, 0)
};
FILE_NAMED(file_35) {
#embed "../../Schema/read/fact/outreach.sql" suffix(, 0)
};
FILE_NAMED(file_36) {
#embed "../../Schema/read/fact/release.sql" suffix(, 0)
};
FILE_NAMED(file_37) {
#embed "../../Schema/read/fact/cell.sql" suffix(, 0)
};
FILE_NAMED(file_38) {
#embed "../../Schema/read/fact/merging.sql" suffix(, 0)
};
FILE_NAMED(file_39) {
#embed "../../Schema/read/fact/erasure.sql" suffix(, 0)
};
FILE_NAMED(file_40) {
#embed "../../Schema/read/fact/quarantine.sql" suffix(, 0)
};
FILE_NAMED(file_41) {
#embed "../../Schema/read/fact/as_of.sql" suffix(, 0)
};
FILE_NAMED(file_42) {
#embed "../../Schema/read/fact/finish.sql" suffix(, 0)
};
FILE_NAMED(file_43) {
#embed "../../Schema/read/building/quiet.sql" suffix(, 0)
};
FILE_NAMED(file_44) {
#embed "../../Schema/read/evaluation/programme.sql" suffix(, 0)
};
FILE_NAMED(file_45) {
#embed "../../Schema/read/evaluation/unit.sql" suffix(, 0)
};
FILE_NAMED(file_46) {
#embed "../../Schema/read/evaluation/programme_group.sql" suffix(, 0)
};
FILE_NAMED(file_47) {
#embed "../../Schema/read/evaluation/instrument_item.sql" suffix(, 0)
};
FILE_NAMED(file_48) {
#embed "../../Schema/read/evaluation/instrument_scale.sql" suffix(, 0)
};
FILE_NAMED(file_49) {
#embed "../../Schema/read/evaluation/wave.sql" suffix(, 0)
};
FILE_NAMED(file_50) {
#embed "../../Schema/read/evaluation/target.sql" suffix(, 0)
};
FILE_NAMED(file_51) {
#embed "../../Schema/read/evaluation/enrolment.sql" suffix(, 0)
};
FILE_NAMED(file_52) {
#embed "../../Schema/read/evaluation/session.sql" suffix(, 0)
};
FILE_NAMED(file_53) {
#embed "../../Schema/read/evaluation/observation.sql" suffix(, 0)
};
FILE_NAMED(file_54) {
#embed "../../Schema/read/evaluation/log_entry.sql" suffix(, 0)
};
FILE_NAMED(file_55) {
#embed "../../Schema/read/evaluation/response.sql" suffix(, 0)
};
FILE_NAMED(file_56) {
#embed "../../Schema/read/evaluation/answer.sql" suffix(, 0)
};
FILE_NAMED(file_57) {
#embed "../../Schema/read/evaluation/hours.sql" suffix(, 0)
};
FILE_NAMED(file_58) {
#embed "../../Schema/read/evaluation/support_act.sql" suffix(, 0)
};
FILE_NAMED(file_59) {
#embed "../../Schema/read/evaluation/outreach.sql" suffix(, 0)
};
FILE_NAMED(file_60) {
#embed "../../Schema/read/evaluation/release.sql" suffix(, 0)
};
FILE_NAMED(file_61) {
#embed "../../Schema/read/evaluation/attendance.sql" suffix(, 0)
};
FILE_NAMED(file_62) {
#embed "../../Schema/read/evaluation/indicator.sql" suffix(, 0)
};
FILE_NAMED(file_63) {
#embed "../../Schema/read/evaluation/catalogue.sql" suffix(, 0)
};
FILE_NAMED(file_64) {
#embed "../../Schema/read/evaluation/projection_status.sql" suffix(, 0)
};
FILE_NAMED(file_65) {
#embed "../../Schema/read/evaluation/as_of.sql" suffix(, 0)
};
FILE_NAMED(file_66) {
#embed "../../Schema/read/evaluation/finish.sql" suffix(, 0)
};

static const struct varde_schema_file files[] = {
  {"roles.sql", (const char *)file_0, sizeof(file_0) - 1},
  {"migrations/0001_log.sql", (const char *)file_1, sizeof(file_1) - 1},
  {"migrations/0002_log_functions.sql", (const char *)file_2, sizeof(file_2) - 1},
  {"migrations/0003_vault_and_ops.sql", (const char *)file_3, sizeof(file_3) - 1},
  {"migrations/0004_privileges.sql", (const char *)file_4, sizeof(file_4) - 1},
  {"migrations/0005_append.sql", (const char *)file_5, sizeof(file_5) - 1},
  {"migrations/0006_erasure.sql", (const char *)file_6, sizeof(file_6) - 1},
  {"migrations/0007_people.sql", (const char *)file_7, sizeof(file_7) - 1},
  {"migrations/0008_run_numbers.sql", (const char *)file_8, sizeof(file_8) - 1},
  {"migrations/0009_watching.sql", (const char *)file_9, sizeof(file_9) - 1},
  {"migrations/0010_verification.sql", (const char *)file_10, sizeof(file_10) - 1},
  {"migrations/0011_quarantine.sql", (const char *)file_11, sizeof(file_11) - 1},
  {"migrations/0012_rebuild.sql", (const char *)file_12, sizeof(file_12) - 1},
  {"migrations/0013_cell_claims.sql", (const char *)file_13, sizeof(file_13) - 1},
  {"migrations/0014_signed_checkpoints.sql", (const char *)file_14, sizeof(file_14) - 1},
  {"migrations/0015_others.sql", (const char *)file_15, sizeof(file_15) - 1},
  {"read/fact/base.sql", (const char *)file_16, sizeof(file_16) - 1},
  {"read/fact/subject_merge.sql", (const char *)file_17, sizeof(file_17) - 1},
  {"read/fact/entry.sql", (const char *)file_18, sizeof(file_18) - 1},
  {"read/fact/programme.sql", (const char *)file_19, sizeof(file_19) - 1},
  {"read/fact/unit.sql", (const char *)file_20, sizeof(file_20) - 1},
  {"read/fact/programme_group.sql", (const char *)file_21, sizeof(file_21) - 1},
  {"read/fact/instrument_item.sql", (const char *)file_22, sizeof(file_22) - 1},
  {"read/fact/instrument_scale.sql", (const char *)file_23, sizeof(file_23) - 1},
  {"read/fact/wave.sql", (const char *)file_24, sizeof(file_24) - 1},
  {"read/fact/target.sql", (const char *)file_25, sizeof(file_25) - 1},
  {"read/fact/enrolment.sql", (const char *)file_26, sizeof(file_26) - 1},
  {"read/fact/session.sql", (const char *)file_27, sizeof(file_27) - 1},
  {"read/fact/attendance.sql", (const char *)file_28, sizeof(file_28) - 1},
  {"read/fact/observation.sql", (const char *)file_29, sizeof(file_29) - 1},
  {"read/fact/log_entry.sql", (const char *)file_30, sizeof(file_30) - 1},
  {"read/fact/response.sql", (const char *)file_31, sizeof(file_31) - 1},
  {"read/fact/answer.sql", (const char *)file_32, sizeof(file_32) - 1},
  {"read/fact/hours.sql", (const char *)file_33, sizeof(file_33) - 1},
  {"read/fact/support_act.sql", (const char *)file_34, sizeof(file_34) - 1},
  {"read/fact/outreach.sql", (const char *)file_35, sizeof(file_35) - 1},
  {"read/fact/release.sql", (const char *)file_36, sizeof(file_36) - 1},
  {"read/fact/cell.sql", (const char *)file_37, sizeof(file_37) - 1},
  {"read/fact/merging.sql", (const char *)file_38, sizeof(file_38) - 1},
  {"read/fact/erasure.sql", (const char *)file_39, sizeof(file_39) - 1},
  {"read/fact/quarantine.sql", (const char *)file_40, sizeof(file_40) - 1},
  {"read/fact/as_of.sql", (const char *)file_41, sizeof(file_41) - 1},
  {"read/fact/finish.sql", (const char *)file_42, sizeof(file_42) - 1},
  {"read/building/quiet.sql", (const char *)file_43, sizeof(file_43) - 1},
  {"read/evaluation/programme.sql", (const char *)file_44, sizeof(file_44) - 1},
  {"read/evaluation/unit.sql", (const char *)file_45, sizeof(file_45) - 1},
  {"read/evaluation/programme_group.sql", (const char *)file_46, sizeof(file_46) - 1},
  {"read/evaluation/instrument_item.sql", (const char *)file_47, sizeof(file_47) - 1},
  {"read/evaluation/instrument_scale.sql", (const char *)file_48, sizeof(file_48) - 1},
  {"read/evaluation/wave.sql", (const char *)file_49, sizeof(file_49) - 1},
  {"read/evaluation/target.sql", (const char *)file_50, sizeof(file_50) - 1},
  {"read/evaluation/enrolment.sql", (const char *)file_51, sizeof(file_51) - 1},
  {"read/evaluation/session.sql", (const char *)file_52, sizeof(file_52) - 1},
  {"read/evaluation/observation.sql", (const char *)file_53, sizeof(file_53) - 1},
  {"read/evaluation/log_entry.sql", (const char *)file_54, sizeof(file_54) - 1},
  {"read/evaluation/response.sql", (const char *)file_55, sizeof(file_55) - 1},
  {"read/evaluation/answer.sql", (const char *)file_56, sizeof(file_56) - 1},
  {"read/evaluation/hours.sql", (const char *)file_57, sizeof(file_57) - 1},
  {"read/evaluation/support_act.sql", (const char *)file_58, sizeof(file_58) - 1},
  {"read/evaluation/outreach.sql", (const char *)file_59, sizeof(file_59) - 1},
  {"read/evaluation/release.sql", (const char *)file_60, sizeof(file_60) - 1},
  {"read/evaluation/attendance.sql", (const char *)file_61, sizeof(file_61) - 1},
  {"read/evaluation/indicator.sql", (const char *)file_62, sizeof(file_62) - 1},
  {"read/evaluation/catalogue.sql", (const char *)file_63, sizeof(file_63) - 1},
  {"read/evaluation/projection_status.sql", (const char *)file_64, sizeof(file_64) - 1},
  {"read/evaluation/as_of.sql", (const char *)file_65, sizeof(file_65) - 1},
  {"read/evaluation/finish.sql", (const char *)file_66, sizeof(file_66) - 1},
};

int varde_schema_file_count(void) { return sizeof(files) / sizeof(files[0]); }

const struct varde_schema_file *varde_schema_file_at(int index) { return &files[index]; }
