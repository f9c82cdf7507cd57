public import Events

/// Why a release is not made, for the list of codes.
public enum ReleaseCodes {
  public static let all: [ListedCode] = [
    ListedCode("VD501", "two figures claim the same cell", "a defect of Varde: report it"),
    ListedCode("VD502", "a figure is not a finite number", "a defect of Varde: report it"),
    ListedCode(
      "VD503", "a figure speaks of a period whose dates are not known",
      "add the period to the programme's definition"),
    ListedCode(
      "VD510", "a hidden figure could be computed from published ones",
      "report this: suppression should have prevented it"),
    ListedCode(
      "VD520", "the folder exists and holds other content",
      "give --replace to put the new release in its place, or choose another folder"),
    ListedCode(
      "VD521", "the file system refused", "check the folder, its permissions and the free space"),
    ListedCode(
      "VD530", "the database lacks what the release needs",
      "check programme and period; run 'varde worker --once' first"),
    ListedCode("VD540", "a text of the report could not be built", "a defect of Varde: report it"),
  ]
}
