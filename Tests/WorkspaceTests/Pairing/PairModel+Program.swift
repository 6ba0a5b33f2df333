import Git
import Notebook
import Platform
import Support

@testable import Workspace

/// What nbgit does with the faces.
extension PairModel {
    mutating func bringIntoStep(preferring face: PairUpdate.Face?) throws -> String? {
        let before = try contents()
        let results = try sync([], preferring: face)
        note("sync \(face?.rawValue ?? "-"): \(results.map { "\($0.outcome)" })")
        if let problem = try lostWords() { return problem }
        if face == nil, results.contains(where: { $0.backup != nil }) {
            return "a side was taken though nobody preferred one"
        }
        let after = try contents()
        if !results.contains(where: \.isChange), before != after { return "written in silence" }
        guard results.allSatisfy(\.isInStep) else { return nil }
        let again = try sync([])
        guard again.allSatisfy({ $0.outcome == .unchanged }) else {
            return "not in step afterwards: \(again.map(\.outcome))"
        }
        return try contents() == after ? nil : "written though in step"
    }

    /// A person saves one of the faces when both have been read and nothing is written yet.
    mutating func bringIntoStepWhileSaved() throws -> String? {
        let name = random.pick([layout.notebook, layout.script])
        guard let before = try? File.read(path(name)) else { return nil }
        if name == layout.notebook { try editNotebook() } else { try editScript() }
        let after = try File.read(path(name))
        try folder.write(before, to: "work/\(name)")
        scrambleTimes()
        var finder = PairFinder(environment: environment)
        guard let pair = try? finder.pair(of: path(layout.notebook)) else {
            try folder.write(after, to: "work/\(name)")
            return nil
        }
        let folder = folder
        var sync = PairSync(pair: pair, environment: environment, workingFolder: root)
        sync.preferred = random.pick([nil, .notebook, .script])
        sync.whenRead = { try? folder.write(after, to: "work/\(name)") }
        let result = sync.run()
        if case .failed(let failure) = result.outcome {
            note("sync while \(name) is saved: \(failure.message)")
        } else {
            note("sync while \(name) is saved: \(result.outcome)")
        }
        return try lostWords()
    }

    mutating func checkOnly() throws -> String? {
        let before = try contents()
        let results = try sync([], isDry: true)
        note("check: \(results.map { "\($0.outcome)" })")
        return try contents() == before ? nil : "--check has written"
    }

    /// Converts the face that was changed to the other.
    mutating func convert() throws -> String? {
        let dry = try sync([layout.notebook], isDry: true)
        let input: String
        switch dry.first?.outcome {
        case .unchanged, .updated(.script): input = layout.notebook
        case .updated(.notebook): input = layout.script
        // Where both were edited, a conversion refuses.
        case .merged, .conflicting: input = random.pick([layout.notebook, layout.script])
        default: return nil
        }
        guard layout.formats == "ipynb,py:percent" else { return nil }
        scrambleTimes()
        var conversion = Conversion(inputs: [.path(path(input))])
        conversion.isForced = random.chance(30)
        var outcomes: [String] = []
        try Converter(conversion, environment: environment).run(workers: 1) { result in
            if case .failed(let failure) = result.outcome {
                outcomes.append(failure.message)
            } else {
                outcomes.append("\(result.outcome)")
            }
        }
        note("convert \(input): \(outcomes)")
        return try lostWords()
    }

    mutating func pairAgain() throws -> String? {
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

    /// Brings all into step, stages what a day's work stages, and commits.
    mutating func save() throws -> String? {
        let results = try sync([], takesUnpaired: true)
        note("save: \(results.map { "\($0.outcome)" })")
        if let problem = try lostWords() { return problem }
        do throws(Failure) {
            let checkout = try checkout()
            _ = try checkout.readyToSave([], leaves: false)
            _ = try checkout.stageForSaving(results.filter(\.isInStep), [])
        } catch {
            note("not saved: \(error.message)")
            return nil
        }
        try git("git commit -qm day")
        return nil
    }

    /// Syncs some files, or all.
    private mutating func sync(
        _ names: [String], preferring face: PairUpdate.Face? = nil, isDry: Bool = false,
        takesUnpaired: Bool = false
    ) throws -> [SyncResult] {
        scrambleTimes()
        let paths = names.isEmpty ? [root] : names.map(path)
        var syncing = Syncing(paths, environment: environment)
        syncing.preferred = face
        syncing.isDry = isDry
        syncing.takesUnpaired = takesUnpaired
        var results: [SyncResult] = []
        try syncing.run(workers: 1) { results.append($0) }
        return results
    }
}
