-- What was searched in vain while an item had no file says nothing of it as it is now, whoever found the file.
CREATE TRIGGER items_got_file AFTER UPDATE OF has_file ON items WHEN old.has_file = 0 AND new.has_file <> 0
BEGIN
    UPDATE memory SET n_nothing = 0 WHERE instance = new.instance AND identity = new.identity AND n_nothing > 0;
END;
