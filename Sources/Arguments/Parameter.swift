/// A stored property that a parameter fills.
public typealias Property<Target, Value> = any WritableKeyPath<Target, Value> & Sendable

/// The property as it stands in a table: made of it only when the parameter is met, since a key path takes
/// longer to make than all the rest of its row.
public typealias LazyProperty<Target, Value> = @Sendable () -> Property<Target, Value>

/// One flag, option or operand: its names, its documentation, and the property that it fills.
///
/// A name of one letter is written with one dash, a longer name with two: `"C"` is `-C`, and `"to"`
/// is `--to`.
public struct Parameter<Target>: Sendable {
    /// Puts what stands on the command line into the target.
    typealias Filling = @Sendable (inout Target, Setting) throws(UsageError) -> Void

    let info: ParameterInfo
    let fill: Filling

    /// The same parameter for a type that holds its target: how several commands share a table.
    ///
    ///     parameters: Output.parameters.map { $0.lifted(to: \.output) }
    public func lifted<Whole>(
        to part: @autoclosure @escaping LazyProperty<Whole, Target>
    ) -> Parameter<Whole> {
        .init(info: info) { [fill] whole, setting throws(UsageError) in
            try fill(&whole[keyPath: part()], setting)
        }
    }
}

/// What the command line says of a parameter.
enum Setting {
    case flag(isOn: Bool)
    case value(String)
    /// An operand behind `--`.
    case closedValue(String)

    fileprivate var isOn: Bool {
        if case .flag(let isOn) = self { isOn } else { true }
    }

    fileprivate var text: String {
        switch self {
        case .flag: ""
        case .value(let text), .closedValue(let text): text
        }
    }

    fileprivate var isClosed: Bool {
        if case .closedValue = self { true } else { false }
    }
}

extension Parameter {
    /// A switch: `--name`, or as `form` says.
    ///
    /// What `alias` spells is understood too, and shown nowhere.
    public static func flag(
        _ name: String, letter: Character? = nil, alias: String? = nil,
        _ property: @autoclosure @escaping LazyProperty<Target, Bool>,
        form: FlagForm = .plain, help: String
    ) -> Self {
        var info = ParameterInfo(name, letter, .flag(form), help: help)
        info.alias = alias
        return Self(info: info) { target, setting in
            target[keyPath: property()] = setting.isOn
        }
    }

    /// A switch that counts how often it is given: `-vv`.
    public static func count(
        _ name: String, letter: Character? = nil,
        _ property: @autoclosure @escaping LazyProperty<Target, Int>, help: String
    ) -> Self {
        var info = ParameterInfo(name, letter, .flag(.plain), help: help)
        info.isRepeated = true
        return Self(info: info) { target, _ in target[keyPath: property()] += 1 }
    }

    /// An option with a value; given twice, the last one counts.
    ///
    /// - Parameters:
    ///   - name: The name without dashes.
    ///   - letter: A second name, for one dash.
    ///   - property: Where the value goes; may be optional.
    ///   - placeholder: What the value is, without angle brackets.
    ///   - isRequired: Whether the command cannot do without it.
    ///   - defaultText: What help says of a command line without it.
    ///   - completion: What a shell offers; otherwise what the value's type offers.
    ///   - read: Makes the value of the word, where its type's own way is not enough:
    ///     `{ text throws(UsageError) in try Int(argument: text, in: 1...64) }`.
    ///   - help: An imperative phrase or a noun, without a period.
    /// - Returns: The parameter for a command's table.
    public static func option<Value: ArgumentValue>(
        _ name: String, letter: Character? = nil,
        _ property: @autoclosure @escaping LazyProperty<Target, Value>,
        _ placeholder: String, required isRequired: Bool = false,
        default defaultText: String? = nil, completion: Completion? = nil,
        read: @escaping Reader<Value> = Value.init(argument:), help: String
    ) -> Self {
        var info = ParameterInfo(name, letter, .option, help: help)
        info.isRequired = isRequired
        info.defaultText = defaultText
        info.expect(Value.self, placeholder, completion)
        return Self(info: info) { target, setting throws(UsageError) in
            target[keyPath: property()] = try read(setting.text)
        }
    }

    /// An option that may be repeated; its values are kept in order.
    public static func options<Value: ArgumentValue>(
        _ name: String, letter: Character? = nil,
        _ property: @autoclosure @escaping LazyProperty<Target, [Value]>,
        _ placeholder: String, completion: Completion? = nil,
        read: @escaping Reader<Value> = Value.init(argument:), help: String
    ) -> Self {
        var info = ParameterInfo(name, letter, .option, help: help)
        info.isRepeated = true
        info.expect(Value.self, placeholder, completion)
        return Self(info: info) { target, setting throws(UsageError) in
            target[keyPath: property()].append(try read(setting.text))
        }
    }

    /// One word that is not an option.
    public static func operand<Value: ArgumentValue>(
        _ placeholder: String, _ property: @autoclosure @escaping LazyProperty<Target, Value>,
        required isRequired: Bool = true, completion: Completion? = nil,
        read: @escaping Reader<Value> = Value.init(argument:), help: String
    ) -> Self {
        var info = ParameterInfo(kind: .operand, help: help)
        info.isRequired = isRequired
        info.expect(Value.self, placeholder, completion)
        return Self(info: info) { target, setting throws(UsageError) in
            target[keyPath: property()] = try read(setting.text)
        }
    }

    /// All remaining words that are not options, in order; those behind `--` go to another property.
    ///
    /// - Parameters:
    ///   - placeholder: What a word is, without angle brackets.
    ///   - property: Where the words before `--` go.
    ///   - closed: Where those behind it go.
    ///   - completion: What a shell offers.
    ///   - help: A noun, without a period.
    /// - Returns: The parameter for a command's table.
    public static func operands<Value: ArgumentValue>(
        _ placeholder: String, _ property: @autoclosure @escaping LazyProperty<Target, [Value]>,
        behindDashes closed: @autoclosure @escaping LazyProperty<Target, [Value]>,
        completion: Completion? = nil, help: String
    ) -> Self {
        var info = ParameterInfo(kind: .operand, help: help)
        info.isRepeated = true
        info.expect(Value.self, placeholder, completion)
        return Self(info: info) { target, setting throws(UsageError) in
            let value = try Value(argument: setting.text)
            target[keyPath: setting.isClosed ? closed() : property()].append(value)
        }
    }

    /// All remaining words that are not options, in order.
    public static func operands<Value: ArgumentValue>(
        _ placeholder: String, _ property: @autoclosure @escaping LazyProperty<Target, [Value]>,
        required isRequired: Bool = true, completion: Completion? = nil,
        read: @escaping Reader<Value> = Value.init(argument:), help: String
    ) -> Self {
        var info = ParameterInfo(kind: .operand, help: help)
        info.isRequired = isRequired
        info.isRepeated = true
        info.expect(Value.self, placeholder, completion)
        return Self(info: info) { target, setting throws(UsageError) in
            target[keyPath: property()].append(try read(setting.text))
        }
    }
}
