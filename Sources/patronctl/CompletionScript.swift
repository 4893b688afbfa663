import ControlClient

/// Scripts that let a shell complete verbs and the names of their parameters.
///
/// They ask the daemon itself, through `schema`, whose rows have compact JSON with `verb` and `summary` first.
enum CompletionScript {
    static func text(for shell: Shell) -> String {
        switch shell {
        case .bash: bash
        case .zsh: zsh
        }
    }

    private static let bash = #"""
        # bash completion for patronctl: source <(patronctl completion bash)
        _patronctl() {
            local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb= word i
            local -a options=()
            COMPREPLY=()
            for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                case $word in
                --socket | --tenant | --as)
                    [[ ${COMP_WORDS[i+1]} == = ]] && ((i++))
                    if ((i + 1 >= COMP_CWORD)); then
                        [[ $word == --socket ]] && COMPREPLY=($(compgen -f -- "$current"))
                        return
                    fi
                    ((i++))
                    [[ $word == --as ]] || options+=("$word" "${COMP_WORDS[i]}")
                    ;;
                -*) ;;
                *)
                    verb=$word
                    break
                    ;;
                esac
            done
            if [[ -z $verb ]]; then
                if [[ $current == -* ]]; then
                    COMPREPLY=($(compgen -W '--socket --tenant --as --json --version --help' -- "$current"))
                else
                    COMPREPLY=($(compgen -W "completion $(patronctl "${options[@]}" --json schema 2>/dev/null |
                        sed -n 's/^{"verb":"\([^"]*\)".*/\1/p')" -- "$current"))
                fi
            elif [[ $verb == completion ]]; then
                COMPREPLY=($(compgen -W 'bash zsh' -- "$current"))
            elif [[ $current != *=* && $previous != = ]]; then
                COMPREPLY=($(compgen -S = -W "$(patronctl "${options[@]}" --json schema "$verb" 2>/dev/null |
                    sed 's/^.*"parameters"://' | grep -o '"name":"[^"]*"' | cut -d '"' -f 4)" -- "$current"))
                compopt -o nospace
            fi
        }
        complete -F _patronctl patronctl

        """#

    private static let zsh = #"""
        #compdef patronctl
        # zsh completion for patronctl: source <(patronctl completion zsh)
        _patronctl() {
            local verb= word i
            local -a options choices
            for ((i = 2; i < CURRENT; i++)); do
                word=${words[i]}
                case $word in
                --socket | --tenant | --as)
                    if ((i + 1 >= CURRENT)); then
                        [[ $word == --socket ]] && _files
                        return
                    fi
                    ((i++))
                    [[ $word == --as ]] || options+=("$word" "${words[i]}")
                    ;;
                --socket=* | --tenant=*) options+=("$word") ;;
                -*) ;;
                *)
                    verb=$word
                    break
                    ;;
                esac
            done
            if [[ -z $verb ]]; then
                if [[ ${words[CURRENT]} == -* ]]; then
                    compadd -- --socket --tenant --as --json --version --help
                else
                    choices=('completion:print a script for the shell' ${(f)"$(patronctl $options --json schema 2>/dev/null |
                        sed -n 's/^{"verb":"\([^"]*\)","summary":"\([^"]*\)".*/\1:\2/p')"})
                    _describe verb choices
                fi
            elif [[ $verb == completion ]]; then
                compadd -- bash zsh
            elif [[ ${words[CURRENT]} != *=* ]]; then
                choices=(${(f)"$(patronctl $options --json schema $verb 2>/dev/null |
                    sed 's/^.*"parameters"://' | grep -o '"name":"[^"]*"' | cut -d '"' -f 4)"})
                compadd -S = -- $choices
            fi
        }
        if [[ ${funcstack[1]} == _patronctl ]]; then _patronctl "$@"; else compdef _patronctl patronctl; fi

        """#
}
