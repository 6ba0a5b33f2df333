internal import Arguments
internal import Notebook

/// One `--opt key=value`, checked.
struct FormatSetting: ArgumentValue {
    private let name: String
    private let value: String

    init(argument: String) throws(UsageError) {
        guard let equals = argument.firstIndex(of: "=") else {
            throw UsageError("'\(argument)' has no value", hint: "write '\(argument)=<value>'")
        }
        name = String(argument[..<equals])
        value = String(argument[argument.index(after: equals)...])
        var options = FormatOptions()
        do throws(FormatOptions.Failure) { try options.set(name, to: value) } catch {
            switch error {
            case .unknownName:
                throw UsageError(
                    "'\(name)' is not a format option", mistaken: name, for: FormatOptions.names,
                    otherwise: "choose from \(FormatOptions.names.joined(separator: ", "))")
            case .notBool:
                throw UsageError("\(name): '\(value)' is neither true nor false")
            }
        }
    }

    static var completion: Arguments.Completion { .choices(FormatOptions.names.map { $0 + "=" }) }

    func apply(to options: inout FormatOptions) { try? options.set(name, to: value) }
}
