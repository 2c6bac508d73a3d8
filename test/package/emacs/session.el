;; A session of Emacs's own client, eglot, with the language server: opens a dump as the documented set-up says, waits for
;; what is wrong, has a command run, and prints the answers as JSON. Its arguments come in the environment: SETUP (a file
;; with the set-up), DUMP and LINE (1-based).
(setq make-backup-files nil
      ;; Nobody is there to answer.
      use-dialog-box nil
      enable-local-variables nil)
(require 'package)
;; Debian has eglot as a package where Emacs does not bring it.
(package-initialize)

(defun session-wait (condition)
  "Wait until CONDITION gives something, and give that."
  (let ((tries 2000) found)
    (while (and (not (setq found (funcall condition))) (> (setq tries (1- tries)) 0))
      (accept-process-output nil 0.05))
    (or found (error "Nothing came of %S" condition))))

(load (getenv "SETUP") nil t)
(find-file (getenv "DUMP"))
;; In batch mode there is no command loop, after whose commands eglot connects.
(run-hooks 'post-command-hook)
(session-wait #'eglot-current-server)
(flymake-start)
(session-wait #'flymake-diagnostics)

(goto-char (point-min))
(forward-line (1- (string-to-number (getenv "LINE"))))
(back-to-indentation)
(let* ((dump (current-buffer))
       (mode major-mode)
       (diagnostics (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))
       (definition (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
       (groups (progn (goroutine-dump-groups) (buffer-string)))
       (jumped (progn
                 (goto-char (point-min))
                 (next-error)
                 (with-current-buffer (window-buffer) (list (buffer-name) (line-number-at-pos (window-point))))))
       (report (with-current-buffer dump (goroutine-dump-ask "goroutineDump.htmlReport"))))
  (princ (json-serialize
          `((mode . ,(symbol-name mode))
            (diagnostics . ,(vconcat diagnostics))
            (definition . ,(xref-location-group (xref-item-location definition)))
            (definitionLine . ,(xref-location-line (xref-item-location definition)))
            (groups . ,groups)
            (jumped . ,(vconcat jumped))
            (report . ,(substring report 0 15))))))
