import Notebook
import Platform

@testable import Workspace

extension Law {
    /// Settings are read without harm, and what is wrong with them is said with a line that there is.
    ///
    /// The first byte chooses the language.
    static let settings = Law("settings") { input in
        var chance = InputChance(input)
        let file = chance.pick(["nbgit.toml", "jupytext.toml", "jupytext.yml", "jupytext.json"])
        let text = chance.remaining
        // Every character that begins a line in YAML; TOML and JSON know fewer.
        let lineCount = String(decoding: text, as: UTF8.self).count(where: \.isNewline) + 1
        do throws(Failure) {
            let table = try table(of: text, in: file)
            _ = try Settings(
                table, in: file == "nbgit.toml" ? .nbgit : .jupytext, file: Path(file))
            return nil
        } catch {
            guard let line = error.line else { return "'\(error.message)' has no place" }
            return (1...lineCount).contains(line) ? nil : "there is no line \(line)"
        }
    }

    private static func table(of text: [UInt8], in file: String) throws(Failure) -> TOMLValue {
        do throws(NotebookError) {
            if file.hasSuffix(".yml") { return TOMLValue(try SettingsText(yaml: text)) }
            if file.hasSuffix(".json") { return TOMLValue(try SettingsText(json: text)) }
        } catch { throw Failure(error, about: .path(Path(file))) }
        return try TOMLValue(document: text, at: Path(file))
    }

    /// A connection that is put into a team's file is there, and once it is taken out the file says what it said.
    static let connection = Law("connection") { input in
        guard var file = try? TeamFile("nbgit.toml", input),
            var added = try? Connection(name: "added", url: "https://example.com/team/added.git"),
            let before = try? file.connections(), !before.contains(where: { $0.name == added.name })
        else { return nil }
        added.description = "Figures \"of\" \\ the day"
        do throws(Failure) { try file.put([added]) } catch {
            // Nothing is written where TOML is used in other ways.
            return file.bytes == input ? nil : "it was refused, and the text changed"
        }
        let found = try? file.connections().first { $0.name == added.name }
        guard found?.description == added.description else { return "it was not put in" }
        do throws(Failure) {
            try file.remove(added.name)
            return try file.connections() == before ? nil : "other connections changed"
        } catch { return "it cannot be taken out: \(error.message)" }
    }
}
