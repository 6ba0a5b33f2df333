/// What decides how a cell is shown: its type, whether it runs in the script, and its language.
struct CellRules {
    /// The extension without its dot, as `active="py"` names it.
    let scriptName: String
    let mainLanguage: String

    init(language: Language, mainLanguage: String) {
        scriptName = String(language.fileExtension.dropFirst())
        self.mainLanguage = mainLanguage
    }

    /// The language that `metadata` hand the cell to, or the main language.
    func languageName(_ metadata: JSONObject) -> String {
        metadata["language"]?.string ?? mainLanguage
    }

    /// Whether the cell stands in a file of the format `name` as code that runs: as its metadata say, else
    /// if it is in the main language.
    func isActive(_ metadata: JSONObject, in name: String) -> Bool {
        if let answer = saidActivity(metadata, in: name) { return answer }
        guard name == scriptName, let language = metadata["language"]?.string else { return true }
        return Language.isSame(language, mainLanguage)
    }

    /// What the metadata say themselves: a frozen cell never runs in a script; then a tag
    /// `active-py-ipynb` decides, then `active="py,ipynb"`.
    private func saidActivity(_ metadata: JSONObject, in name: String) -> Bool? {
        guard !metadata.isEmpty else { return nil }
        let isFrozen = metadata["run_control"]?.object?["frozen"]?.bool == true
        if name == scriptName, isFrozen { return false }
        if let tag = Self.activeTag(metadata) {
            return tag.split(separator: "-").dropFirst().contains { $0 == name }
        }
        if let active = metadata["active"]?.string {
            return active.split(whereSeparator: { $0 == "." || $0 == "," }).contains { $0 == name }
        }
        return nil
    }

    /// Whether the metadata themselves keep the cell from running in the script.
    func isSwitchedOff(_ metadata: JSONObject) -> Bool {
        saidActivity(metadata, in: scriptName) == false
    }

    func isActive(_ metadata: JSONObject) -> Bool { isActive(metadata, in: scriptName) }

    /// Whether the metadata themselves say where the cell is active.
    static func saysWhereActive(_ metadata: JSONObject) -> Bool {
        activeTag(metadata) != nil || metadata["active"]?.string?.isEmpty == false
    }

    private static func activeTag(_ metadata: JSONObject) -> String? {
        metadata["tags"]?.array?.lazy.compactMap(\.string).first { $0.hasPrefix("active-") }
    }
}
