import Foundation
import Platform
import Support
import Testing

@testable import Notebook
@testable import Workspace

/// A notebook and its script in a repository, with people, git and nbgit at work on them.
///
/// Every line that a person writes holds a word of its own, so that it can be asked where it is. `wanted` are
/// the words that nobody took away: neither a person from one of the faces, nor git, which has them in a commit
/// or a stash then.
struct PairModel {
    /// Where the faces lie, and who says so.
    struct Layout: Sendable {
        let notebook: String
        let script: String
        /// What the notebook says; nil where `nbgit.toml` says it.
        let formats: String?
        let tracksNotebooks: Bool

        static let all = [
            Layout(
                notebook: "a.ipynb", script: "a.py", formats: "ipynb,py:percent",
                tracksNotebooks: false),
            Layout(
                notebook: "nb/a.ipynb", script: "nb/scripts/a.py",
                formats: "ipynb,scripts//py:percent", tracksNotebooks: true),
            Layout(
                notebook: "nb/a.ipynb", script: "src/a.py", formats: nil, tracksNotebooks: false),
            Layout(
                notebook: "a.ipynb", script: "a.nb.py", formats: "ipynb,.nb.py:percent",
                tracksNotebooks: true),
        ]
    }

    let layout: Layout
    let sandbox: GitSandbox
    let folder: TemporaryDirectory
    let environment: Environment
    var random: SplitMix64
    /// Sets the times of files at random; nil where they stay as they are.
    var clock: SplitMix64?
    var wanted: Set<String> = []
    /// Words that a person took out of a face once; who brings them back need not keep them.
    private var unwanted: Set<String> = []
    /// What was done, and what came of it.
    private(set) var trace: [String] = []
    private var wordCount = 0

    init(seed: UInt64, scramblesTimes: Bool) throws {
        random = SplitMix64(seed: seed)
        clock = scramblesTimes ? SplitMix64(seed: seed &+ 1) : nil
        layout = random.pick(Layout.all)
        sandbox = try GitSandbox()
        folder = try TemporaryDirectory()
        environment = Environment(sandbox.environment)
        let notebook = (1...3).map { number in
            let source = #""\#(newWord()) = \#(number)\n","y\#(number) = 0""#
            return
                #"{"cell_type":"code","execution_count":null,"id":"c\#(number)","metadata":{},"outputs":[],"source":[\#(source)]}"#
        }
        let said = layout.formats.map { #""jupytext":{"formats":"\#($0)"},"# } ?? ""
        try folder.write(
            #"{"cells":[\#(notebook.joined(separator: ","))],"metadata":{\#(said)"kernelspec":{"display_name":"P","language":"python","name":"python3"}},"nbformat":4,"nbformat_minor":5}"#
                + "\n", to: "work/\(layout.notebook)")
        if layout.formats == nil {
            try folder.write(
                "[formats]\n\"nb/\" = \"ipynb\"\n\"src/\" = \"py:percent\"\n",
                to: "work/nbgit.toml")
        }
        if !layout.tracksNotebooks { try folder.write("*.ipynb\n", to: "work/.gitignore") }
        try git("git init -q")
        #expect(try sync([]).map(\.outcome) == [.created(.script)])
        try git(
            """
            git add -A && git commit -qm 0 && git branch one && git branch two &&
            git clone -q --bare . ../remote.git && git remote add origin ../remote.git &&
            git clone -q ../remote.git ../other
            """)
    }

    // MARK: Steps

    /// Takes one step.
    ///
    /// - Returns: What is wrong, or nil.
    mutating func step() throws -> String? {
        switch random.below(30) {
        case 0...2: try editNotebook()
        case 3...5: try editScript()
        case 6, 7:
            try editNotebook()
            try editScript()
        case 8: try editSameCell()
        case 9: try runCells()
        case 10: try editMetadata()
        case 11: try commit()
        case 12, 13: try changeByGit("git switch -q \(random.pick(["main", "one", "two"]))")
        case 14: try changeByGit(random.pick(["git stash -q", "git stash pop -q"]))
        case 15: try pull()
        case 16: try changeByGit("git checkout -q HEAD~1 -- \(layout.script)")
        case 17: try removeOne()
        case 18: try renameScript()
        case 19: try copyNotebook()
        case 20: try git("find . -path ./.git -prune -o -type f -exec touch {} +")
        case 21: return try convert()
        case 22: return try checkOnly()
        case 23: return try pairAgain()
        case 24: return try save()
        case 25: return try bringIntoStep(preferring: random.pick([.notebook, .script]))
        case 26: usleep(30_000)
        default: return try bringIntoStep(preferring: nil)
        }
        return nil
    }

    mutating func note(_ line: String) {
        let name = folder.path.split(separator: "/").last ?? ""
        trace.append(line.replacing(name, with: "folder"))
    }

    // MARK: What nbgit does

    mutating func bringIntoStep(preferring face: PairUpdate.Face?) throws -> String? {
        let before = try contents()
        let results = try sync([], preferring: face)
        note("sync \(face?.rawValue ?? "-"): \(results.map { "\($0.outcome)" })")
        if let problem = try lostWords() { return problem }
        let after = try contents()
        if !results.contains(where: \.isChange), before != after { return "written in silence" }
        guard results.allSatisfy(\.isInStep) else { return nil }
        let again = try sync([])
        guard again.allSatisfy({ $0.outcome == .unchanged }) else {
            return "not in step afterwards: \(again.map(\.outcome))"
        }
        return try contents() == after ? nil : "written though in step"
    }

    private mutating func checkOnly() throws -> String? {
        let before = try contents()
        let results = try sync([], isDry: true)
        note("check: \(results.map { "\($0.outcome)" })")
        return try contents() == before ? nil : "--check has written"
    }

    /// Converts the face that was changed to the other.
    private mutating func convert() throws -> String? {
        let dry = try sync([layout.notebook], isDry: true)
        let input: String
        switch dry.first?.outcome {
        case .unchanged, .updated(.script): input = layout.notebook
        case .updated(.notebook): input = layout.script
        default: return nil
        }
        guard layout.formats == "ipynb,py:percent" else { return nil }
        scrambleTimes()
        let conversion = Conversion(inputs: [.path(path(input))])
        var outcomes: [String] = []
        try Converter(conversion, environment: environment).run(workers: 1) { result in
            outcomes.append("\(result.outcome)")
        }
        note("convert \(input): \(outcomes)")
        return try lostWords()
    }

    private mutating func pairAgain() throws -> String? {
        let pairing = try Pairing(environment: environment)
        scrambleTimes()
        do throws(Failure) {
            if random.chance(30) {
                _ = try pairing.unpair(path(layout.notebook))
                note("unpair")
            } else {
                let formats = layout.formats ?? "nb///ipynb,src///py:percent"
                let result = try pairing.pair(path(layout.notebook), formats: formats)
                note("pair: \(result.outcome)")
            }
        } catch { note("refused: \(error.message)") }
        return try lostWords()
    }

    private mutating func save() throws -> String? {
        let binary = try #require(BuiltBinary.path, "nbgit is not beside the tests")
        scrambleTimes()
        let finished = try run(
            [binary, "save", "--no-pull", "--no-push", "-m", "day"], in: folder.path("work"),
            environment: sandbox.environment)
        note("save: \(finished.status)")
        return try lostWords()
    }

    func path(_ name: String) -> Platform.Path { Platform.Path(folder.path("work/\(name)")) }

    /// Syncs some files, or all.
    private mutating func sync(
        _ names: [String], preferring face: PairUpdate.Face? = nil, isDry: Bool = false
    ) throws -> [SyncResult] {
        scrambleTimes()
        let paths = names.isEmpty ? [Platform.Path(folder.path("work"))] : names.map(path)
        var syncing = Syncing(paths, environment: environment)
        syncing.preferred = face
        syncing.isDry = isDry
        var results: [SyncResult] = []
        try syncing.run(workers: 1) { results.append($0) }
        return results
    }

    private mutating func scrambleTimes() {
        guard clock != nil else { return }
        for name in (try? files(below: "work")) ?? [] where !name.hasPrefix(".git/") {
            let seconds = time_t(900_000_000 + (clock?.below(1_500_000_000) ?? 0))
            let times = [
                timespec(tv_sec: seconds, tv_nsec: 5), timespec(tv_sec: seconds, tv_nsec: 5),
            ]
            utimensat(AT_FDCWD, folder.path("work/\(name)"), times, 0)
        }
    }

    // MARK: Words

    mutating func newWord() -> String {
        wordCount += 1
        let digits = String(wordCount)
        let word = "w" + String(repeating: "0", count: 5 - digits.count) + digits + "x"
        wanted.insert(word)
        return word
    }

    static func words(_ bytes: [UInt8]) -> Set<String> {
        var words: Set<String> = []
        for start in bytes.indices.dropLast(6)
        where bytes[start] == UInt8(ascii: "w") && bytes[start + 6] == UInt8(ascii: "x") {
            let digits = bytes[(start + 1)..<(start + 6)]
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { continue }
            words.insert(String(decoding: bytes[start...(start + 6)], as: UTF8.self))
        }
        return words
    }

    /// Words that are in no file and no backup any more, though nobody took them away.
    private func lostWords() throws -> String? {
        let there = try wordsByFile().values.reduce(into: Set()) { $0.formUnion($1) }
        let lost = wanted.subtracting(there).sorted()
        return lost.isEmpty ? nil : "\(lost) is lost"
    }

    /// What is in the files of the work tree, and in what nbgit kept.
    private func wordsByFile() throws -> [String: Set<String>] {
        try contents(withBackups: true).mapValues(Self.words)
    }

    func contents(withBackups: Bool = false) throws -> [String: [UInt8]] {
        let names = try files(below: "work").filter { name in
            !name.hasPrefix(".git/") || withBackups && name.hasPrefix(".git/nbgit/backup/")
        }
        return Dictionary(
            try names.map { ($0, try folder.read("work/\($0)")) }, uniquingKeysWith: { $1 })
    }

    private func files(below name: String) throws -> [String] {
        let walk = Folder.walk(Platform.Path(folder.path(name))) { entry in
            if entry.kind == .folder {
                let isSkipped = entry.folder == ".git" && entry.name != "nbgit"
                return isSkipped ? .skip : .descend
            }
            return .take
        }
        return walk.taken.compactMap(\.relativePath.string)
    }

    /// Changes a file as a person does: what vanishes from it is not wanted any more.
    mutating func edit(_ name: String, _ change: ([UInt8], inout PairModel) throws -> [UInt8])
        throws
    {
        guard let before = try? folder.read("work/\(name)") else { return }
        let after = try change(before, &self)
        giveUp(Self.words(before).subtracting(Self.words(after)))
        try folder.write(after, to: "work/\(name)")
    }

    mutating func giveUp(_ words: Set<String>) {
        wanted.subtract(words)
        unwanted.formUnion(words)
    }

    /// Lets git change files: what it takes out of one it has elsewhere, what it brings is wanted.
    mutating func changeByGit(_ script: String) throws {
        let before = try wordsByFile()
        let finished = try run(
            ["sh", "-c", script], in: folder.path("work"), environment: sandbox.environment,
            mergesErrors: true)
        let after = try wordsByFile()
        for name in Set(before.keys).union(after.keys) {
            let (old, new) = (before[name] ?? [], after[name] ?? [])
            wanted.subtract(old.subtracting(new))
            wanted.formUnion(new.subtracting(old).subtracting(unwanted))
        }
        note("\(script): \(finished.status)")
    }

    @discardableResult
    func git(_ script: String) throws -> Finished {
        try run(["sh", "-c", script], in: folder.path("work"), environment: sandbox.environment)
    }
}
