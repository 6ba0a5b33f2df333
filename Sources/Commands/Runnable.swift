internal import Arguments
internal import Workspace

/// A command that can be run.
protocol Runnable: Command {
    /// Whether what came of it is put into a report as JSON.
    var isJSON: Bool { get set }

    /// Whether it may run other programs, which then must not find the secrets of connections in their variables.
    static var runsPrograms: Bool { get }

    /// Does it and says what came of it.
    ///
    /// - Throws: ``Failure``, which is reported and makes the exit code 2.
    func run(in context: Context) throws(Failure) -> ExitCode
}

extension Runnable {
    /// Without a report, whatever is asked.
    var isJSON: Bool {
        get { false }
        set {}
    }

    static var runsPrograms: Bool { true }
}

extension Program.Entry where Action == any Runnable {
    static func command<C: Runnable>(_ name: String, _ type: C.Type) -> Self {
        command(name, type) { $0 }
    }
}
